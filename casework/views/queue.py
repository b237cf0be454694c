"""The queue: saved views as addresses, nearest clock first."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from casework.clock_selectors import clocks_needing
from casework.counting import counted
from casework.presenters import queue as presenter
from casework.queues import VIEWS
from casework.selectors import counts_for, queue_for
from casework.services.carrying import letters_for
from casework.services.claim_next import claim_next
from casework.views.guard import caseworker
from common.clock import now
from common.paging import page_number
from counternotices.selectors import awaiting_review, complaints_awaiting
from measures.conflict_selectors import open_conflicts
from measures.match_selectors import waiting_matches
from measures.selectors import alarms, awaiting_approval
from measures.standing_selectors import appeals_awaiting
from notifications.webhook_selectors import troubled
from screening.display_selectors import awaiting_text_approval
from users.models import User
from users.roles import Role


@require_GET
@caseworker
def queue(request: HttpRequest, user: User, view: str) -> HttpResponse:
    """One page of a saved view."""
    if view not in VIEWS:
        raise Http404
    moment = now()
    page = page_number(request.GET.get("page"))
    search = request.GET.get("q", "").strip()[:200]
    found = queue_for(user, VIEWS[view], page=page, now=moment, search=search)
    context = {
        "queue": found,
        "rows": presenter.rows(found, now=moment),
        "search": search,
        **frame(user, view, moment),
    }
    return render(request, "desk/queue.html", context)


def frame(user: User, current: str, moment: datetime) -> dict[str, object]:
    """What the side bar of every page of the desk shows. Who works no cases sees the boards alone."""
    waiting = counted(
        approvals=awaiting_approval(user),
        reviews=awaiting_review(user),
        complaints=complaints_awaiting(user),
        appeals=appeals_awaiting(user),
        conflicts=open_conflicts(user),
        matches=waiting_matches(user),
        letters=letters_for(user),
        clocks=clocks_needing(user),
        alarms=alarms(),
        webhooks=troubled(),
        texts=awaiting_text_approval(user),
    )
    return {
        "views": presenter.sidebar(counts_for(user, moment), current) if user.is_caseworker else [],
        "approvals": waiting["approvals"] if user.has_role(Role.APPROVER) else None,
        "reviews": waiting["reviews"] + waiting["complaints"] + waiting["appeals"],
        "conflicts": waiting["conflicts"],
        "matches": waiting["matches"],
        "letters": waiting["letters"],
        "alarms": waiting["alarms"],
        "boards": user.is_caseworker or user.has_role(Role.ENGINEER),
        "clocks_needing": waiting["clocks"],
        "ladder_open": user.is_caseworker or user.has_role(Role.ADMINISTRATOR),
        "developer": user.has_role(Role.ENGINEER, Role.ADMINISTRATOR),
        "webhooks_troubled": waiting["webhooks"],
        "texts_waiting": waiting["texts"],
        "current": current,
    }


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
