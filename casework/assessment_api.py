"""The assessment sheets of a case over HTTP, to read."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.assessment.questions import EDITION, SECTIONS
from casework.assessment_selectors import assessments_of
from casework.assessment_serializers import AssessmentsOut
from notices.access import case_for, require_role
from users.roles import CASEWORKERS


class AssessmentsApi(APIView):
    """Every version of a case's sheet, with the questions that the newest edition asks."""

    @extend_schema(responses=AssessmentsOut, operation_id="assessments_list")
    def get(self, request: Request, reference: str) -> Response:
        """The first version first. Texts of the questions are in the language that was asked for."""
        user = require_role(request.user, *CASEWORKERS)
        case = case_for(user, reference)
        told = {
            "reference": case.reference,
            "edition": EDITION,
            "sections": SECTIONS,
            "versions": assessments_of(case.id),
        }
        return Response(AssessmentsOut(told).data)
