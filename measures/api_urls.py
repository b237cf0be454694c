"""Addresses of this room's API, under /api/v1/."""

from django.urls import path

from measures.api import AcknowledgementApi, MeasureApi, MeasuresApi

urlpatterns = [
    path("measures/", MeasuresApi.as_view(), name="api-measures"),
    path("measures/<uuid:id>/", MeasureApi.as_view(), name="api-measure"),
    path(
        "measures/<uuid:id>/acknowledgement/",
        AcknowledgementApi.as_view(),
        name="api-measure-acknowledgement",
    ),
]
