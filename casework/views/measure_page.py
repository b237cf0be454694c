"""The page of one measure, with whichever form was refused kept as it was typed."""

from typing import Final
from uuid import UUID

from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casework.forms_measures import (
    ExplainForm,
    PassOnForm,
    ProgressForm,
    UpstreamAcknowledgedForm,
)
from casework.presenters import board
from casework.views.attempt import unsent
from casework.views.queue import frame
from common.clock import now
from measures.models import Measure, UpstreamRequest
from measures.selectors import tests_of
from measures.services.upstream import can_be_passed_on
from measures.states import UpstreamState
from measures.upstream_selectors import passed_on, providers_of
from users.models import User
from users.roles import CASEWORKERS, Role

PEOPLE: Final = (*CASEWORKERS, Role.ENGINEER)
TESTS: Final = 60


def render_measure(
    request: HttpRequest, user: User, found: Measure, status: int = 200, *tried: Form
) -> HttpResponse:
    """The page. `tried` is the form that was refused, shown where it belongs, or told if it has no place."""
    given: dict[type[Form], Form] = {type(form): form for form in tried}
    passed = list(passed_on(found))
    may_progress = board.is_open_ticket(found) and user.has_role(Role.ENGINEER)
    may_answer = board.may_answer(found)
    pass_on = _pass_on(found, passed, given) if user.is_caseworker else None
    shown = {
        ProgressForm: may_progress,
        ExplainForm: may_answer and user.is_caseworker,
        PassOnForm: pass_on is not None,
        UpstreamAcknowledgedForm: any(_waits(one) for one in passed),
    }
    context = {
        "line": board.line(found, tests_of(found, TESTS)),
        "form": given.get(ProgressForm) or ProgressForm(),
        "explain": given.get(ExplainForm) or ExplainForm(),
        "unsent": unsent(tried, shown=any(shown[kind] for kind in given if kind in shown)),
        "ticket": hasattr(found, "ticket"),
        "may_retry": board.may_retry(found),
        "may_progress": may_progress,
        "may_answer": may_answer,
        "may_explain": user.is_caseworker,
        "passed": [(one, _acknowledged(one, user, given)) for one in passed],
        "pass_on": pass_on,
        "for_caseworkers": user.is_caseworker,
        **frame(user, "measures", now()),
    }
    return render(request, "desk/measure.html", context, status=status)


def providers_left(found: Measure, passed: list[UpstreamRequest]) -> list[str]:
    """The providers that the measure concerns and was not passed on to yet."""
    told = {one.provider for one in passed if one.state != UpstreamState.ENDED}
    return [one for one in providers_of(found) if one not in told]


def _pass_on(
    found: Measure, passed: list[UpstreamRequest], given: dict[type[Form], Form]
) -> Form | None:
    left = providers_left(found, passed)
    if not left or not can_be_passed_on(found):
        return None
    return given.get(PassOnForm) or PassOnForm(providers=left)


def _acknowledged(one: UpstreamRequest, user: User, given: dict[type[Form], Form]) -> Form | None:
    """The form that records the acknowledgement; the refused one where it was typed."""
    if not user.is_caseworker or not _waits(one):
        return None
    tried = given.get(UpstreamAcknowledgedForm)
    return tried if tried is not None and tried.prefix == prefix_of(one.id) else empty(one.id)


def empty(id: UUID) -> UpstreamAcknowledgedForm:
    """A fresh form for this request: several of them may stand on one page."""
    return UpstreamAcknowledgedForm(initial={"zone": settings.TIME_ZONE}, prefix=prefix_of(id))


def prefix_of(id: UUID) -> str:
    """What the names of this request's fields begin with."""
    return f"u{id.hex[:8]}"


def _waits(one: UpstreamRequest) -> bool:
    return one.state == UpstreamState.PASSED_ON
