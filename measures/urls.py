"""Addresses of this room. Tokens stand in the address because nobody needs an account."""

from django.urls import path

from measures import views

urlpatterns = [
    path("track/<str:token>/probe/", views.propose, name="track-probe"),
]
