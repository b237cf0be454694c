"""The offline rule feed over HTTP: signed, with an ETag, whole or as a delta."""

from typing import Final

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from common.errors import RedressError
from notices.access import require_role
from screening.services import feed as service
from screening.signing import public_key, sign
from users.roles import Role

NOT_MODIFIED: Final = 304
_LONGEST: Final = 18  # digits of a version
_PARAMETERS: Final = [
    OpenApiParameter("since", int, description="The version held; 0 or nothing for all rules."),
    OpenApiParameter("If-None-Match", str, OpenApiParameter.HEADER),
]
_ABOUT: Final = (
    "`Redress-Signature` is the Ed25519 signature under the body's bytes, `Redress-Key` the public key, both in"
    " base64. See docs/rule-lists.md."
)


class PromptRulesApi(APIView):
    """Prompt rules for services that check in their own process."""

    @extend_schema(
        parameters=_PARAMETERS,
        responses={
            200: OpenApiResponse(OpenApiTypes.OBJECT, description=_ABOUT),
            304: OpenApiResponse(description="Nothing changed."),
        },
        operation_id="prompt_rules_read",
    )
    def get(self, request: Request) -> HttpResponse:
        """What began or ended after `since`. Ask again from `version` while `more` is true."""
        require_role(request.user, Role.ENGINEER, Role.ADMINISTRATOR)
        since = _since(request.query_params.get("since", "0"))
        etag = f'"{service.newest()}.{since}"'
        if request.headers.get("If-None-Match") == etag:
            return _with(HttpResponse(status=NOT_MODIFIED), etag)
        body = service.feed(since).body
        answer = HttpResponse(body, content_type="application/json")
        answer["Redress-Signature"], answer["Redress-Key"] = sign(body), public_key()
        return _with(answer, etag)


def _with(answer: HttpResponse, etag: str) -> HttpResponse:
    answer["ETag"], answer["Cache-Control"] = etag, "private, no-cache"
    return answer


def _since(given: str) -> int:
    if given.isascii() and given.isdigit() and len(given) <= _LONGEST:
        return int(given)
    sentence = _("Give `since` as the version you hold, a whole number, or leave it out.")
    raise RedressError(sentence, fields={"since": sentence})
