"""Addresses of this room's API, under /api/v1/."""

from django.urls import path

from notices.api import FilesApi, NoticeApi, NoticesApi

urlpatterns = [
    path("files/", FilesApi.as_view(), name="api-files"),
    path("notices/", NoticesApi.as_view(), name="api-notices"),
    path("notices/<str:reference>/", NoticeApi.as_view(), name="api-notice"),
]
