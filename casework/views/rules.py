"""Prompt rules at the desk: the list, each with its birth certificate, and the prompts of one user."""

from typing import Final
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from casework.presenters import rules as presenter
from casework.views.guard import caseworker
from casework.views.queue import frame
from common.clock import now
from common.errors import NotFound
from measures.models import Measure
from notices.access import cases_for
from screening.models import PromptRule
from screening.selectors import RECENT, Hits, checks_met, hits, lost_since, rules_shown
from users.models import User

ROWS: Final = 50
MET: Final = 100
SHOWN: Final = (
    ("in-force", gettext_lazy("In force")),
    ("watching", gettext_lazy("Watching")),
    ("ended", gettext_lazy("Ended")),
    ("all", gettext_lazy("All")),
)


@require_safe
@caseworker
def rules(request: HttpRequest, user: User) -> HttpResponse:
    """One page of rules, with their hits of seven days."""
    moment = now()
    asked = request.GET.get("show", "")
    which = asked if asked in dict(SHOWN) else SHOWN[0][0]
    page = Paginator(rules_shown(which, moment), ROWS).get_page(request.GET.get("page"))
    context = {
        "shown": SHOWN,
        "which": which,
        "page": page,
        "lines": presenter.lines(page.object_list, moment),
        "lost": lost_since(moment - RECENT),
        **frame(user, "rules", moment),
    }
    return render(request, "desk/rules.html", context)


@require_safe
@caseworker
def rule(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """A rule's birth certificate, and what it met; for one that watches, what it would have stopped."""
    moment = now()
    found = PromptRule.objects.filter(id=id).first()
    if found is None:
        raise NotFound(_("There is no such prompt rule."))
    met = hits([id], moment - RECENT).get(id, Hits())
    names = presenter.names_for([found.ordered_by, found.approved_by])
    context = {
        "line": presenter.line(found, met, moment),
        "rule": found,
        "ordered_by": presenter.name_of(found.ordered_by, names),
        "approved_by": presenter.name_of(found.approved_by, names),
        "why_ended": presenter.why_ended(found.ended_reason),
        "measure": Measure.objects.filter(rule_id=id).first(),
        "case": cases_for(user).filter(id=found.case_id).first(),
        "met": presenter.met_lines(checks_met(id)[:MET]),
        **frame(user, "rules", moment),
    }
    return render(request, "desk/rule.html", context)


@require_safe
@caseworker
def prompts(request: HttpRequest, user: User) -> HttpResponse:
    """The prompts of one user that rules met, and signs that they try again and again. `user` is the platform's name."""
    moment = now()
    external_id = request.GET.get("user", "").strip()[:200]
    context = {
        "external_id": external_id,
        **presenter.prompts_of(external_id, moment),
        **frame(user, "rules", moment),
    }
    return render(request, "desk/prompts.html", context)
