"""Measures as the board shows them: what, on which target, how far, which errors. Nobody's name."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from casework.presenters.acknowledgement import rows
from measures import selectors
from measures.models import Measure
from measures.rules import Family
from measures.states import MeasureState


@dataclass(frozen=True)
class Line:
    """One measure. `terms` and `probes` are what a block or a ticket is about."""

    measure: Measure
    target: str
    terms: list[str]
    probes: list[str]
    acknowledgement: list[tuple[str, str]]
    lift_acknowledgement: list[tuple[str, str]]


def line(measure: Measure) -> Line:
    """One measure, without people: a sanction's target is the platform's own id of the user."""
    target = measure.artefact or measure.platform_user
    parameters = measure.parameters
    return Line(
        measure=measure,
        target=target.external_id if target else _("our own guard"),
        terms=[term["text"] for term in parameters.get("terms", ())],
        probes=[probe["prompt"] for probe in parameters.get("probes", ())],
        acknowledgement=rows(measure.acknowledgement),
        lift_acknowledgement=rows(measure.lift_acknowledgement),
    )


def alarms_raised() -> list[Line]:
    """What somebody must look at, the longest waiting first."""
    return [line(measure) for measure in selectors.alarms()]


def tickets() -> list[Line]:
    """The tickets on the engineers' table, the oldest first."""
    return [line(measure) for measure in selectors.open_tickets()]


def may_retry(measure: Measure) -> bool:
    """Whether trying once more makes sense: it failed for good, or a lifting hangs."""
    hangs = measure.state == MeasureState.LIFTING and measure.alarmed_at is not None
    return measure.state == MeasureState.FAILED or hangs


def is_open_ticket(measure: Measure) -> bool:
    """Whether an engineer can still move it."""
    return measure.family == Family.MODEL_OPTIMISATION and measure.state == MeasureState.IN_PROGRESS
