"""Check answers, send, and what a link of a sent draft still does."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from common.clock import now as read_clock
from notices.forms.assemble import filing
from notices.forms.steps import first_incomplete
from notices.languages import tag
from notices.models import Draft
from notices.presenters.answers import sections, wanting
from notices.services import drafts
from users.models import LinkPurpose
from users.services.links import issue_link


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, token: str) -> HttpResponse:
    """Every answer on one page; a press files the notice and leads to its tracking page."""
    draft = drafts.open_draft(token)
    if request.method == "POST":
        return _send(draft, token)
    if draft.case_id is not None:
        return redirect("draft-sent", token)
    found = sections(draft)
    context = {
        "draft": draft,
        "token": token,
        "sections": found,
        "wanting": wanting(found),
        "missing_step": first_incomplete(draft),
    }
    return render(request, "portal/check.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sent(request: HttpRequest, token: str) -> HttpResponse:
    """The draft was sent: a press opens the tracking page of what became of it."""
    draft = drafts.open_draft(token)
    if draft.case_id is None:
        return redirect("draft-resume", token)
    if request.method == "POST":
        return _tracking(draft)
    return render(request, "portal/sent.html", {"token": token})


def _send(draft: Draft, token: str) -> HttpResponse:
    """File it, unless it is filed already; a step that is not complete is opened instead."""
    if draft.case_id is not None:
        return _tracking(draft)
    if missing := first_incomplete(draft):
        return redirect("draft-step", token, missing)
    claim = filing(draft, language=tag(get_language()))
    drafts.send(draft.id, claim, now=read_clock())
    draft.refresh_from_db()
    return _tracking(draft)


def _tracking(draft: Draft) -> HttpResponse:
    assert draft.case_id is not None
    link = issue_link(LinkPurpose.TRACK, case_id=draft.case_id, now=read_clock())
    return redirect("track", link)
