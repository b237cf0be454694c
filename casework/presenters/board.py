"""Measures as the board shows them: what, on which target, how far, which errors. Nobody's name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from casework.presenters.acknowledgement import rows
from measures import selectors
from measures.models import Measure, MeasureCheck
from measures.rules import Family
from measures.services.shown import Tested, Verification, tested, verification
from measures.states import MeasureState
from users.models import User

# Of an acknowledgement the board shows its id, state, moments and effect; the page shows it whole.
_PROMISED: Final = 6


@dataclass(frozen=True)
class Line:
    """One measure. `terms` and `probes` are what a block or a ticket is about.

    `tests` are what tests found of it, beside what was acknowledged; `owner` is who ordered it, named to
    caseworkers alone.
    """

    measure: Measure
    target: str
    terms: list[str]
    probes: list[str]
    acknowledgement: list[tuple[str, str]]
    lift_acknowledgement: list[tuple[str, str]]
    verification: Verification
    tests: list[Tested]
    owner: str = ""

    @property
    def promised(self) -> list[tuple[str, str]]:
        """What was acknowledged for the state it is in: of the lifting, once it was lifted."""
        word = self.lift_acknowledgement if self.verification.lifted else self.acknowledgement
        return word[:_PROMISED]


def line(measure: Measure, tests: Sequence[MeasureCheck] = (), owner: str = "") -> Line:
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
        verification=verification(measure),
        tests=[tested(one) for one in tests],
        owner=owner,
    )


def alarms_raised(user: User) -> list[Line]:
    """What somebody must look at, the longest waiting first, with what tests found of it last."""
    raised = list(selectors.alarms())
    found = selectors.last_rounds([one for one in raised if one.found_broken_at])
    named = user.is_caseworker
    return [
        line(one, found.get(one.id, ()), one.ordered_by.name if named else "") for one in raised
    ]


def may_answer(measure: Measure) -> bool:
    """Whether a test found it not to hold: it can be ordered again, or the finding explained."""
    ticket = measure.family == Family.MODEL_OPTIMISATION  # answered on its own page
    return measure.found_broken_at is not None and not ticket


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
