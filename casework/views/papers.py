"""Papers and letters of a case, as staff open them. Nothing of others' is ever shown as a page of ours."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from casework.views.guard import caseworker
from casework.views.queue import frame
from common.clock import now
from evidence.responses import download_response, inline_image_response
from notices.access import case_for
from notices.models import NoticeFile
from notifications.models import Message
from users.models import User
from users.tokens import without_tokens


@require_GET
@caseworker
def paper(request: HttpRequest, user: User, reference: str, id: UUID) -> HttpResponseBase:
    """The very bytes, as a download."""
    return download_response(_paper(user, reference, id).file)


@require_GET
@caseworker
def picture(request: HttpRequest, user: User, reference: str, id: UUID) -> HttpResponse:
    """A re-encoded picture for looking at."""
    return inline_image_response(_paper(user, reference, id).file)


@require_GET
@caseworker
def letter(request: HttpRequest, user: User, reference: str, id: UUID) -> HttpResponse:
    """A letter as it was frozen. Its link is shown only where staff have to carry the letter themselves."""
    case = case_for(user, reference)
    message = get_object_or_404(Message, id=id, case_id=case.id)
    words = without_tokens(message.text) if message.address else message.text
    context = {"case": case, "letter": message, "words": words, **frame(user, "", now())}
    return render(request, "desk/letter.html", context)


def _paper(user: User, reference: str, id: UUID) -> NoticeFile:
    case = case_for(user, reference)
    return get_object_or_404(NoticeFile.objects.select_related("file"), id=id, notice__case=case)
