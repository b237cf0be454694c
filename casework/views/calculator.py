"""The date calculator: try a trigger date. Nothing is stored; the address holds the whole question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from casework.forms_calculator import CalculatorForm
from casework.views.calendars import READERS
from casework.views.guard import only
from casework.views.queue import frame
from common.clock import now
from deadlines.calendars.errors import CalendarError
from deadlines.calendars.steps import Step
from deadlines.compute import compute
from deadlines.derivation import explain
from deadlines.selectors import day_of_end
from deadlines.shelf import shelf
from regimes.pack import Clock
from users.models import User

_OF_A_RULE: Final = frozenset({"clock", "clock_of_house", "triggered"})


@dataclass(frozen=True)
class Answer:
    """When the period ends: the last day where it ends at midnight, and the moment in both zones."""

    clock: Clock
    label: str
    last_day: date | None
    in_law: datetime
    law_zone: str
    here: datetime
    zone: str
    provisional: bool
    why: list[str]


@require_GET
@only(*READERS)
def calculator(request: HttpRequest, user: User) -> HttpResponse:
    """The form, and below it the answer when something was asked."""
    form = CalculatorForm(request.GET if request.GET else None)
    answer = _answer(form) if form.is_bound and form.is_valid() else None
    context = {"form": form, "answer": answer, **frame(user, "calculator", now())}
    status = 422 if form.is_bound and answer is None else 200
    return render(request, "desk/calculator.html", context, status=status)


def _answer(form: CalculatorForm) -> Answer | None:
    data, clock = form.cleaned_data, form.period()
    zone: ZoneInfo = data["zone"]
    language = get_language() or "en"
    extension = data["extension"] or 0
    try:
        due = compute(clock, data["at"], data["pauses"], extension, shelf())
    except CalendarError as error:
        form.add_error(None, _("No date can be worked out: %(why)s") % {"why": error})
        return None
    return Answer(
        clock=clock,
        label=clock.label.in_language(language),
        last_day=day_of_end(due.due_at, due.zone),
        in_law=due.due_at.astimezone(ZoneInfo(due.zone)),
        law_zone=due.zone,
        here=due.due_at.astimezone(zone),
        zone=zone.key,
        provisional=due.provisional,
        why=explain(_told(clock, due.derivation), language),
    )


def _told(clock: Clock, steps: Sequence[Step]) -> list[Step]:
    """A bare period follows no rule and has no named event: nothing is said of either."""
    named = clock.label.en != ""
    return [step for step in steps if named or step.code not in _OF_A_RULE]
