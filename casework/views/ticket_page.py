"""The page of one ticket, with whichever form was refused kept as it was typed."""

from typing import Any, Final
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casework.forms_measures import ProgressForm
from casework.forms_tickets import JudgeForm, PlanForm, ProbeForm, ReviewForm, RoleForm
from casework.presenters import tickets as presenter
from casework.views.attempt import unsent
from casework.views.queue import frame
from common.clock import now
from measures.models import Probe, ProbeResult, Ticket
from measures.selectors import tests_of
from measures.services.role_test import suggested
from measures.services.shown import tested
from measures.states import MeasureState
from measures.ticket_selectors import cases_of, probes_of, role_tests_of, runs_of, standing_of
from measures.ticketing import ProbeState
from users.models import User
from users.roles import Role

RUNS: Final = 20
TESTS: Final = 20
_RUNNABLE: Final = frozenset({MeasureState.IN_PROGRESS, MeasureState.DONE})


def render_ticket(
    request: HttpRequest, user: User, found: Ticket, status: int = 200, *tried: Form
) -> HttpResponse:
    """The page. `tried` is the form that was refused, shown where it belongs, or told if it has no place."""
    moment = now()
    [card] = presenter.cards_of([found], moment)
    shown = presenter.runs_shown(card.standing)
    context = {
        "card": card,
        "runs": shown,
        "past": [(run, presenter.tint_of(run)) for run in runs_of(found, RUNS)],
        "tests": [tested(one) for one in tests_of(found.measure, TESTS)],
        "models": found.models.select_related("artefact"),
        "role_tests": role_tests_of(found),
        "cases": cases_of(found) if user.is_caseworker else [],
        "for_caseworkers": user.is_caseworker,
        "may_run": found.measure.state in _RUNNABLE,
        "may_progress": card.movable and user.has_role(Role.ENGINEER),
        **_forms(user, found, card, shown, tried),
        **frame(user, "tickets", moment),
    }
    return render(request, "desk/ticket.html", context, status=status)


def _forms(
    user: User, found: Ticket, card: presenter.Card, shown: list[presenter.RunShown], tried: Any
) -> dict[str, object]:
    given: dict[type[Form], Form] = {type(form): form for form in tried}
    plan = {"mitigation": found.mitigation, "owner": found.owner_id}
    judged = presenter.judgeable(shown)
    engineer = user.has_role(Role.ENGINEER)
    forms: dict[type[Form], Form | None] = {
        PlanForm: PlanForm(initial=plan, engineers=engineers())
        if engineer and card.movable
        else None,
        RoleForm: RoleForm(initial={"trained_by": suggested(found.measure)})
        if user.is_caseworker
        else None,
        ProbeForm: ProbeForm(),
        JudgeForm: JudgeForm(results=judged) if judged else None,
    }
    probes = probes_of(found)
    kept = {
        kind: given.get(kind) or form if form is not None else None for kind, form in forms.items()
    }
    homeless = [
        form for form in tried if kept.get(type(form)) is None and not _is_review(form, probes)
    ]
    return {
        "plan": kept[PlanForm],
        "role": kept[RoleForm],
        "add": kept[ProbeForm],
        "judge": kept[JudgeForm],
        "progress": ProgressForm(),
        "probes": [(one, _review(one, given.get(ReviewForm))) for one in probes],
        "unsent": unsent(homeless, shown=not homeless),
    }


def _is_review(form: Form, probes: list[Probe]) -> bool:
    """Whether the form that was refused stands beside a probe that still waits for it."""
    return isinstance(form, ReviewForm) and any(
        form.prefix == review_prefix(one.id) and one.state == ProbeState.PROPOSED for one in probes
    )


def _review(probe: Probe, tried: Form | None) -> Form | None:
    if probe.state != ProbeState.PROPOSED:
        return None
    prefix = review_prefix(probe.id)
    return tried if tried is not None and tried.prefix == prefix else ReviewForm(prefix=prefix)


def review_prefix(id: UUID) -> str:
    """What the names of this probe's review begin with: several may stand on one page."""
    return f"p{id.hex[:8]}"


def engineers() -> Any:
    """Who can own a ticket."""
    found = User.objects.filter(roles__contains=[Role.ENGINEER], is_active=True)
    return found.order_by("name")


def judgeable_of(found: Ticket) -> list[ProbeResult]:
    """The outputs of its latest runs that a person may still find to show the work."""
    return presenter.judgeable(presenter.runs_shown(standing_of(found)))
