"""Addresses of this room's API, under /api/v1/."""

from django.urls import path

from casework.api import QueueApi
from casework.rule_api import PromptRulesApi
from casework.trace_api import CaseTracesApi
from casework.webhook_api import (
    DeliveriesApi,
    DeliveryApi,
    EndpointActApi,
    EndpointApi,
    EndpointsApi,
    EventTypesApi,
    ResendApi,
)

urlpatterns = [
    path("queue/", QueueApi.as_view(), name="api-queue"),
    path("prompt-rules", PromptRulesApi.as_view(), name="api-prompt-rules"),
    path("notices/<str:reference>/traces/", CaseTracesApi.as_view(), name="api-case-traces"),
    path("event-types/", EventTypesApi.as_view(), name="api-event-types"),
    path("webhook-endpoints/", EndpointsApi.as_view(), name="api-webhooks"),
    path("webhook-endpoints/<uuid:id>/", EndpointApi.as_view(), name="api-webhook"),
    path(
        "webhook-endpoints/<uuid:id>/<slug:act>/",
        EndpointActApi.as_view(),
        name="api-webhook-act",
    ),
    path("webhook-deliveries/", DeliveriesApi.as_view(), name="api-deliveries"),
    path("webhook-deliveries/<uuid:id>/", DeliveryApi.as_view(), name="api-delivery"),
    path("webhook-deliveries/<uuid:id>/resend/", ResendApi.as_view(), name="api-delivery-resend"),
]
