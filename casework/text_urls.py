"""Addresses of the texts that users are shown."""

from django.urls import path

from casework.views import texts

urlpatterns = [
    path("desk/texts/", texts.texts, name="desk-texts"),
    path("desk/texts/new/", texts.new, name="desk-text-new"),
    path("desk/texts/<uuid:id>/", texts.text, name="desk-text"),
    path("desk/texts/<uuid:id>/version/", texts.version, name="desk-text-version"),
    path("desk/texts/<uuid:id>/approve/", texts.approve, name="desk-text-approve"),
    path("desk/texts/<uuid:id>/refuse/", texts.refuse, name="desk-text-refuse"),
    path("desk/texts/<uuid:id>/end/", texts.end, name="desk-text-end"),
]
