"""The filer's page of a case, and what they can do there."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_fsm import can_proceed

from common.actors import Actor, filer
from common.clock import now as read_clock
from evidence.responses import download_response
from notices.access import case_by_link
from notices.models import Case, FileRole, Notice, NoticeFile
from notices.presenters.tracking import track_page
from notices.services.decisions import withdraw as withdraw_notice
from notices.views.zone import in_own_zone, zones
from users.models import LinkPurpose


@never_cache
@require_safe
@in_own_zone
def track(request: HttpRequest, token: str) -> HttpResponse:
    """Where the notice stands, whose turn it is, and everything that happened."""
    now = read_clock()
    case, _link = case_by_link(token, LinkPurpose.TRACK, now=now)
    page = track_page(case, page=request.GET.get("page", ""), now=now)
    return render(request, "portal/track.html", {"page": page, "token": token, "zones": zones()})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once more, then withdraw."""
    now = read_clock()
    case, _link = case_by_link(token, LinkPurpose.TRACK, now=now)
    if not can_proceed(case.withdraw):
        messages.info(request, _("This notice can no longer be withdrawn."))
        return redirect("track", token)
    if request.method == "POST":
        withdraw_notice(case.id, actor=filer_of(case), now=now)
        messages.success(request, _("You withdrew the notice. A confirmation was sent to you."))
        return redirect("track", token)
    return render(request, "portal/withdraw.html", {"case": case, "token": token})


@never_cache
@require_safe
def receipt(request: HttpRequest, token: str) -> FileResponse:
    """The receipt as it was sealed, byte for byte."""
    case, _link = case_by_link(token, LinkPurpose.TRACK, now=read_clock())
    paper = (
        NoticeFile.objects.filter(notice__case=case, role=FileRole.RECEIPT)
        .select_related("file")
        .first()
    )
    if paper is None:
        raise Http404
    return download_response(paper.file)


def filer_of(case: Case) -> Actor:
    """The filer as an actor: by the link of their own notice."""
    return filer(Notice.objects.values_list("id", flat=True).get(case=case))
