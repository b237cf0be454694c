"""The filer's page of a case, and what they can do there."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from common.actors import Actor, filer
from common.clock import now as read_clock
from notices.access import case_by_link
from notices.forms.answer import AnswerForm
from notices.models import Case, FileRole, InformationRequest, Notice, NoticeFile
from notices.presenters.tracking import WITHDRAWABLE, track_page
from notices.services.decisions import withdraw as withdraw_notice
from notices.services.information import Answer, answer_information
from notices.services.regimes import packs_of
from notices.views.answer_files import seal_all
from users.models import LinkPurpose


@never_cache
@require_safe
def track(request: HttpRequest, token: str) -> HttpResponse:
    """Where the notice stands, whose turn it is, and everything that happened."""
    now = read_clock()
    case, _link = case_by_link(token, LinkPurpose.TRACK, now=now)
    page = track_page(case, page=request.GET.get("page", ""), now=now)
    return render(request, "portal/track.html", {"page": page, "token": token})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once more, then withdraw."""
    now = read_clock()
    case, _link = case_by_link(token, LinkPurpose.TRACK, now=now)
    if case.state not in WITHDRAWABLE:
        messages.info(request, _("This notice can no longer be withdrawn."))
        return redirect("track", token)
    if request.method == "POST":
        withdraw_notice(case.id, actor=_filer(case), now=now)
        messages.success(request, _("You withdrew the notice. A confirmation was sent to you."))
        return redirect("track", token)
    return render(request, "portal/withdraw.html", {"case": case, "token": token})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Exactly what was asked for, on one page."""
    now = read_clock()
    case, _link = case_by_link(token, LinkPurpose.TRACK, now=now)
    asked = case.information_requests.filter(answered_at=None).first()
    if asked is None:
        messages.info(request, _("Nothing is being asked of you at present."))
        return redirect("track", token)
    form = AnswerForm(_elements(case, asked), request.POST or None)
    context = {"case": case, "token": token, "asked": asked, "form": form}
    if request.method != "POST":
        return render(request, "portal/answer.html", context)
    problems, papers = seal_all(form.papers, request, now=now)
    if not problems and form.is_valid() and (form.texts() or papers):
        given = Answer(form.texts(), papers)
        answer_information(case.id, given, actor=_filer(case), now=now)
        messages.success(request, _("Thank you. Your answer was received; review goes on."))
        return redirect("track", token)
    return render(
        request, "portal/answer.html", context | {"problems": problems, "empty": True}, status=422
    )


@never_cache
@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """The receipt as it was sealed, byte for byte."""
    case, _link = case_by_link(token, LinkPurpose.TRACK, now=read_clock())
    paper = (
        NoticeFile.objects.filter(notice__case=case, role=FileRole.RECEIPT)
        .select_related("file")
        .first()
    )
    if paper is None:
        raise Http404
    answer = HttpResponse(paper.file.read(), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{case.reference}-receipt.pdf"'
    return answer


def _filer(case: Case) -> Actor:
    return filer(Notice.objects.values_list("id", flat=True).get(case=case))


def _elements(case: Case, asked: InformationRequest) -> list:
    known = {element.key: element for pack in packs_of(case) for element in pack.notice_elements}
    return [known[key] for key in asked.elements if key in known]
