"""The queue over HTTP."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.queues import VIEWS
from casework.selectors import queue_for
from casework.serializers import QueueOut
from common.clock import now
from common.paging import page_number
from notices.access import require_role
from users.roles import CASEWORKERS

_PARAMETERS = [
    OpenApiParameter("view", str, enum=list(VIEWS)),
    OpenApiParameter("page", int),
    OpenApiParameter("search", str),
]


class QueueApi(APIView):
    """The cases of a saved view, nearest clock first."""

    @extend_schema(parameters=_PARAMETERS, responses=QueueOut, operation_id="queue_list")
    def get(self, request: Request) -> Response:
        """One page of the view; `view` is triage unless another is named."""
        user = require_role(request.user, *CASEWORKERS)
        view = VIEWS.get(request.query_params.get("view", ""), VIEWS["triage"])
        page = page_number(request.query_params.get("page"))
        search = request.query_params.get("search", "")
        queue = queue_for(user, view, page=page, now=now(), search=search[:200])
        return Response(QueueOut(queue).data)
