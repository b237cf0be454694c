"""Addresses of this room; sign-in itself is allauth's."""

from django.urls import path

from users import views

urlpatterns = [
    path("demo/", views.demo, name="demo"),
]
