"""Webhook endpoints and their log over HTTP, for engineers and administrators."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.typed_ids import as_uuid
from casework.webhook_serializers import (
    DeliveriesOut,
    DeliveryOut,
    DeliveryWholeOut,
    EndpointIn,
    EndpointOut,
    EndpointsOut,
    EventTypesOut,
    NewSecretOut,
)
from common.actors import staff
from common.clock import now
from common.errors import NotFound
from common.paging import page_number
from notices.access import require_role
from notifications.event_types import TYPES
from notifications.models import WebhookDelivery, WebhookEndpoint
from notifications.services import endpoints as service
from notifications.services.endpoints import Wish
from notifications.states import DeliveryState, Disabled
from notifications.webhook_selectors import attempts, deliveries, endpoints
from users.models import User
from users.roles import STAFF, Role

PAGE: Final = 50
_NO_STORE: Final = {"Cache-Control": "no-store"}
_FILTERS: Final = [
    OpenApiParameter("endpoint", UUID),
    OpenApiParameter("state", str, enum=[str(one) for one in DeliveryState]),
    OpenApiParameter("page", int),
]


def _developer(request: Request) -> User:
    return require_role(request.user, Role.ENGINEER, Role.ADMINISTRATOR)


def _wish(request: Request) -> Wish:
    shape = EndpointIn(data=request.data)
    shape.is_valid(raise_exception=True)
    said = shape.validated_data
    return Wish(said["url"], said["name"], tuple(said["types"]))


def _endpoint(id: UUID) -> WebhookEndpoint:
    found = WebhookEndpoint.objects.filter(pk=id).first()
    if found is None:
        raise NotFound(_("There is no such endpoint."))
    return found


class EventTypesApi(APIView):
    """Every public event type."""

    @extend_schema(responses=EventTypesOut, operation_id="event_types_list")
    def get(self, request: Request) -> Response:
        """Its name, what it means, the JSON Schema of its body, and an example."""
        require_role(request.user, *STAFF)
        rows = [
            {
                "type": one.type,
                "meaning": _(one.sentence),
                "schema": one.schema,
                "example": one.example,
            }
            for one in TYPES.values()
        ]
        return Response(EventTypesOut({"types": rows}).data)


class EndpointsApi(APIView):
    """Endpoints."""

    @extend_schema(responses=EndpointsOut, operation_id="webhook_endpoints_list")
    def get(self, request: Request) -> Response:
        """Every endpoint that was not removed."""
        _developer(request)
        return Response(EndpointsOut({"endpoints": list(endpoints())}).data)

    @extend_schema(
        request=EndpointIn, responses={201: NewSecretOut}, operation_id="webhook_endpoints_create"
    )
    def post(self, request: Request) -> Response:
        """A new endpoint. The secret is told in this answer alone."""
        user = _developer(request)
        made, secret = service.create(_wish(request), user=user, now=now())
        told = NewSecretOut({"endpoint": made, "secret": secret}).data
        return Response(told, status=201, headers=_NO_STORE)


class EndpointApi(APIView):
    """One endpoint."""

    @extend_schema(responses=EndpointOut, operation_id="webhook_endpoints_read")
    def get(self, request: Request, id: UUID) -> Response:
        """The endpoint as it stands."""
        _developer(request)
        return Response(EndpointOut(_endpoint(id)).data)

    @extend_schema(
        request=EndpointIn, responses=EndpointOut, operation_id="webhook_endpoints_change"
    )
    def put(self, request: Request, id: UUID) -> Response:
        """Another name, address or choice of types."""
        user = _developer(request)
        return Response(EndpointOut(service.change(id, _wish(request), user=user, now=now())).data)


class EndpointActApi(APIView):
    """What is done to an endpoint: enable, disable, remove, test, rotate."""

    @extend_schema(request=None, responses={200: EndpointOut}, operation_id="webhook_endpoints_act")
    def post(self, request: Request, id: UUID, act: str) -> Response:
        """Do it. `rotate` answers with the new secret, `test` with the delivery, the others with the endpoint."""
        user, moment = _developer(request), now()
        if act == "rotate":
            secret = service.rotate(id, user=user, now=moment)
            told = NewSecretOut({"endpoint": _endpoint(id), "secret": secret}).data
            return Response(told, headers=_NO_STORE)
        if act == "test":
            return Response(DeliveryOut(service.send_test(id, user=user, now=moment)).data)
        by = staff(user.id)
        do: dict[str, Callable[[], WebhookEndpoint]] = {
            "enable": lambda: service.enable(id, user=user, now=moment),
            "disable": lambda: service.disable(id, why=Disabled.BY_HAND, actor=by, now=moment),
            "remove": lambda: service.remove(id, user=user, now=moment),
        }
        if act not in do:
            raise NotFound(_("There is no such step: enable, disable, remove, test or rotate."))
        return Response(EndpointOut(do[act]()).data)


class DeliveriesApi(APIView):
    """The log."""

    @extend_schema(
        parameters=_FILTERS, responses=DeliveriesOut, operation_id="webhook_deliveries_list"
    )
    def get(self, request: Request) -> Response:
        """One page, the newest first."""
        _developer(request)
        asked = request.query_params
        number = page_number(asked.get("page"))
        first = (number - 1) * PAGE
        found = deliveries(as_uuid(asked.get("endpoint", "")), asked.get("state", ""))
        rows = list(found[first : first + PAGE + 1])
        told = {"page": number, "more": len(rows) > PAGE, "deliveries": rows[:PAGE]}
        return Response(DeliveriesOut(told).data)


class DeliveryApi(APIView):
    """One delivery."""

    @extend_schema(responses=DeliveryWholeOut, operation_id="webhook_deliveries_read")
    def get(self, request: Request, id: UUID) -> Response:
        """The delivery with its body and every try."""
        _developer(request)
        row = WebhookDelivery.objects.filter(pk=id).first()
        if row is None:
            raise NotFound(_("There is no such delivery."))
        return Response(DeliveryWholeOut(row, context={"attempts": attempts(row)}).data)


class ResendApi(APIView):
    """Sending once more."""

    @extend_schema(request=None, responses=DeliveryOut, operation_id="webhook_deliveries_resend")
    def post(self, request: Request, id: UUID) -> Response:
        """The same bytes under the same webhook-id."""
        user = _developer(request)
        return Response(DeliveryOut(service.resend(id, user=user, now=now())).data)
