"""The traces of a case over HTTP: for staff, since they name prompts and users."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.trace_serializers import CaseTracesOut
from casework.traces import told_output, told_paper, traces_in
from notices.access import case_for, require_role
from notices.models import Notice
from users.roles import CASEWORKERS


class CaseTracesApi(APIView):
    """What the files of a case say about their making, and the sessions behind it."""

    @extend_schema(responses=CaseTracesOut, operation_id="case_traces")
    def get(self, request: Request, reference: str) -> Response:
        """Every file that was read and every output; nothing here is proof."""
        user = require_role(request.user, *CASEWORKERS)
        case = case_for(user, reference)
        notice = Notice.objects.get(case=case)
        items = list(notice.items.select_related("artefact__owner"))
        found = traces_in(items, notice.files.select_related("file", "item"))
        told = {
            "reference": case.reference,
            "waiting": found.waiting,
            "files": [told_paper(one) for one in found.papers],
            "outputs": [told_output(one) for one in found.outputs],
        }
        return Response(CaseTracesOut(told).data)
