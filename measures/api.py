"""Measures over HTTP: what is to be done, and the platform's word that it was."""

from typing import Final
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.actors import staff
from common.clock import now
from common.paging import page_number
from measures.selectors import every_measure, one_measure
from measures.serializers import AcknowledgementIn, MeasureOut, MeasuresOut
from measures.services.acknowledge import record_acknowledgement
from measures.states import MeasureState
from notices.access import require_role
from users.roles import CASEWORKERS, Role

PAGE: Final = 50
_PARAMETERS = [
    OpenApiParameter("state", str, enum=MeasureState.values),
    OpenApiParameter("page", int),
]


class MeasuresApi(APIView):
    """Measures, the newest first."""

    @extend_schema(parameters=_PARAMETERS, responses=MeasuresOut, operation_id="measures_list")
    def get(self, request: Request) -> Response:
        """One page, of one state if it is named."""
        require_role(request.user, Role.ENGINEER, *CASEWORKERS)
        number = page_number(request.query_params.get("page"))
        first = (number - 1) * PAGE
        found = every_measure(request.query_params.get("state", ""))[first : first + PAGE + 1]
        rows = list(found)
        told = {"page": number, "more": len(rows) > PAGE, "measures": rows[:PAGE]}
        return Response(MeasuresOut(told).data)


class MeasureApi(APIView):
    """One measure."""

    @extend_schema(responses=MeasureOut, operation_id="measures_read")
    def get(self, request: Request, id: UUID) -> Response:
        """The measure as it stands."""
        require_role(request.user, Role.ENGINEER, *CASEWORKERS)
        return Response(MeasureOut(one_measure(id)).data)


class AcknowledgementApi(APIView):
    """The platform's acknowledgement."""

    @extend_schema(
        request=AcknowledgementIn, responses=MeasureOut, operation_id="measures_acknowledge"
    )
    def post(self, request: Request, id: UUID) -> Response:
        """Record it. Told twice, it counts once."""
        user = require_role(request.user, Role.ENGINEER)
        shape = AcknowledgementIn(data=request.data)
        shape.is_valid(raise_exception=True)
        told = dict(request.data)
        record_acknowledgement(id, told, actor=staff(user.id), now=now())
        return Response(MeasureOut(one_measure(id)).data)
