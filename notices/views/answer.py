"""Answering a request for information."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from common.clock import now as read_clock
from notices.access import case_by_link
from notices.forms.answer import AnswerForm
from notices.models import Case, InformationRequest
from notices.services.information import Answer, answer_information, open_request
from notices.services.regimes import packs_of
from notices.views import answer_files
from notices.views.draft_files import Problem
from notices.views.track import filer_of
from regimes.pack import Element
from users.models import LinkPurpose


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Exactly what was asked for, on one page; what was typed and sent survives an error."""
    now = read_clock()
    case, _link = case_by_link(token, LinkPurpose.TRACK, now=now)
    asked = open_request(case)
    if asked is None:
        messages.info(request, _("Nothing is being asked of you at present."))
        return redirect("track", token)
    sending = request.method == "POST"
    form = AnswerForm(_elements(case, asked), request.POST if sending else None)
    context = {"case": case, "token": token, "asked": asked, "form": form}
    if not sending:
        return render(request, "portal/answer.html", context)
    kept, problems = answer_files.take(form.papers, request, case.id, now=now)
    if form.is_valid() and not (form.texts() or kept or problems):
        problems = [Problem(_("Answer at least one of the points, or add a file."), "")]
    if problems or not form.is_valid():
        context |= {"problems": problems, "kept": kept}
        return render(request, "portal/answer.html", context, status=422)
    given = Answer(form.texts(), tuple(one.claim for one in kept))
    answer_information(case.id, given, actor=filer_of(case), now=now)
    messages.success(request, _("Thank you. Your answer was received; review goes on."))
    return redirect("track", token)


def _elements(case: Case, asked: InformationRequest) -> list[Element]:
    known = {element.key: element for pack in packs_of(case) for element in pack.notice_elements}
    return [known[key] for key in asked.elements if key in known]
