"""Addresses of this room's API, under /api/v1/."""

from django.urls import path

from casework.api import QueueApi

urlpatterns = [path("queue/", QueueApi.as_view(), name="api-queue")]
