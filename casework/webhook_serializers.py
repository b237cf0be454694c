"""The shape of webhook endpoints and deliveries in the API."""

import json
from typing import Any

from rest_framework import serializers

from notifications.event_types import event_type
from notifications.models import WebhookDelivery, WebhookEndpoint
from notifications.states import DeliveryState, EndpointState


class EndpointIn(serializers.Serializer[Any]):
    """What an endpoint shall be; no `types`, or none, stands for all."""

    url = serializers.CharField(max_length=2000)
    name = serializers.CharField(max_length=100)
    types = serializers.ListField(child=serializers.CharField(max_length=80), default=list)


class EndpointOut(serializers.Serializer[Any]):
    """An endpoint. Its secret is not in here."""

    id = serializers.UUIDField()
    url = serializers.CharField()
    name = serializers.CharField()
    types = serializers.SerializerMethodField()
    state = serializers.ChoiceField(choices=[str(one) for one in EndpointState])
    disabled_because = serializers.CharField()
    disabled_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()

    def get_types(self, endpoint: WebhookEndpoint) -> list[str]:
        """The public types it wants; none for all."""
        return [event_type(event).type for event in endpoint.events]


class NewSecretOut(serializers.Serializer[Any]):
    """An endpoint with its new secret, told this once."""

    endpoint = EndpointOut()
    secret = serializers.CharField()


class EndpointsOut(serializers.Serializer[Any]):
    """Every endpoint that was not removed."""

    endpoints = EndpointOut(many=True)


class DeliveryOut(serializers.Serializer[Any]):
    """One event for one endpoint."""

    id = serializers.UUIDField()
    webhook_id = serializers.CharField()
    endpoint = serializers.UUIDField(source="endpoint_id")
    type = serializers.SerializerMethodField()
    state = serializers.ChoiceField(choices=[str(one) for one in DeliveryState])
    attempts = serializers.IntegerField()
    queued_at = serializers.DateTimeField()
    next_try = serializers.DateTimeField(allow_null=True)
    settled_at = serializers.DateTimeField(allow_null=True)
    last_status = serializers.IntegerField(allow_null=True)

    def get_type(self, delivery: WebhookDelivery) -> str:
        """The public type."""
        return event_type(delivery.event).type


class DeliveriesOut(serializers.Serializer[Any]):
    """One page of the log."""

    page = serializers.IntegerField()
    more = serializers.BooleanField()
    deliveries = DeliveryOut(many=True)


class AttemptOut(serializers.Serializer[Any]):
    """One try; `status` is null when no answer came."""

    number = serializers.IntegerField()
    at = serializers.DateTimeField()
    headers = serializers.JSONField()
    status = serializers.IntegerField(allow_null=True)
    answer = serializers.CharField()
    error = serializers.CharField()
    milliseconds = serializers.IntegerField()


class DeliveryWholeOut(DeliveryOut):
    """One delivery with its body (null before the first try) and every try."""

    body = serializers.SerializerMethodField()
    tries = serializers.SerializerMethodField()

    def get_body(self, delivery: WebhookDelivery) -> dict[str, Any] | None:
        """What is sent."""
        body: dict[str, Any] | None = json.loads(bytes(delivery.body)) if delivery.body else None
        return body

    def get_tries(self, delivery: WebhookDelivery) -> list[dict[str, Any]]:
        """Every try, the latest first."""
        return list(AttemptOut(self.context["attempts"], many=True).data)


class EventTypeOut(serializers.Serializer[Any]):
    """A public event type with the JSON Schema of its body and an example."""

    type = serializers.CharField()
    meaning = serializers.CharField()
    schema = serializers.JSONField()
    example = serializers.JSONField()


class EventTypesOut(serializers.Serializer[Any]):
    """Every public event type."""

    types = EventTypeOut(many=True)
