"""The queue: saved views as addresses, nearest clock first."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from casework.clock_selectors import clocks_needing
from casework.presenters import queue as presenter
from casework.queues import VIEWS
from casework.selectors import counts_for, queue_for
from casework.services.carrying import letters_for
from casework.services.claim_next import claim_next
from casework.views.guard import caseworker
from common.clock import now
from counternotices.selectors import awaiting_review, complaints_awaiting
from measures.conflict_selectors import open_conflicts
from measures.selectors import alarms, awaiting_approval
from users.models import User
from users.roles import Role

MOST_PAGES = 10_000


@require_GET
@caseworker
def queue(request: HttpRequest, user: User, view: str) -> HttpResponse:
    """One page of a saved view."""
    if view not in VIEWS:
        raise Http404
    moment = now()
    page = request.GET.get("page", "1")
    number = min(max(int(page), 1), MOST_PAGES) if page.isascii() and page.isdigit() else 1
    search = request.GET.get("q", "").strip()[:200]
    found = queue_for(user, VIEWS[view], page=number, now=moment, search=search)
    context = {
        "queue": found,
        "rows": presenter.rows(found, now=moment),
        "search": search,
        **frame(user, view, moment),
    }
    return render(request, "desk/queue.html", context)


def frame(user: User, current: str, moment: object) -> dict[str, object]:
    """What the side bar of every page of the desk shows. Who works no cases sees the boards alone."""
    return {
        "views": _views(user, current) if user.is_caseworker else [],
        "approvals": awaiting_approval(user).count() if user.has_role(Role.APPROVER) else None,
        "reviews": awaiting_review(user).count() + complaints_awaiting(user).count(),
        "conflicts": open_conflicts().count() if user.is_caseworker else 0,
        "letters": letters_for(user).count() if user.is_caseworker else 0,
        "alarms": alarms().count(),
        "boards": user.is_caseworker or user.has_role(Role.ENGINEER),
        "clocks_needing": clocks_needing(user) if user.is_caseworker else 0,
        "current": current,
    }


def _views(user: User, current: str) -> list[presenter.Entry]:
    return presenter.sidebar(counts_for(user, now()), current)


@require_POST
@caseworker
def next_case(request: HttpRequest, user: User) -> HttpResponse:
    """Claim the most urgent free case and open it."""
    case = claim_next(user=user, now=now())
    if case is None:
        messages.info(request, _("Nothing is free in the queue."))
        return redirect("desk-queue", view="triage")
    return redirect("desk-case", reference=case.reference)


@require_GET
def after_sign_in(request: HttpRequest) -> HttpResponse:
    """To where this person works."""
    user = request.user
    if isinstance(user, User) and user.is_caseworker:
        return redirect("desk-queue", view="triage")
    if isinstance(user, User) and user.has_role(Role.ENGINEER):
        return redirect("measures")
    return redirect("home")
