"""Tickets as the board and their own page show them. Of cases only how many: engineers see no parties."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from casework.presenters import clocks
from casework.presenters.clocks import Clock
from deadlines.models import Deadline
from deadlines.states import OPEN
from measures.models import ProbeResult, ProbeRun, Ticket
from measures.rules import TICKET, Suite
from measures.services.shown import Verification, verification
from measures.states import MeasureState
from measures.ticket_selectors import (
    Run,
    Standing,
    cases_behind,
    on_the_board,
    standings,
)
from measures.ticketing import Stage, Verdict

_TINTS: Final[Mapping[str, str]] = {
    Verdict.PASSED: "success",
    Verdict.FAILED: "danger",
    Verdict.UNPROVEN: "waiting",
}
_ENDS: Final[tuple[tuple[str, str | Promise], ...]] = (
    (MeasureState.DONE, pgettext_lazy("ticket", "Done")),
    (MeasureState.NOT_POSSIBLE, pgettext_lazy("ticket", "Not possible")),
)


@dataclass(frozen=True)
class Card:
    """One ticket on the board."""

    ticket: Ticket
    standing: Standing
    cases: int
    clock: Clock | None

    @property
    def column(self) -> str:
        """The column it stands in: its end, else its stage."""
        state = self.ticket.measure.state
        return state if state in dict(_ENDS) else self.ticket.stage

    @property
    def target(self) -> str:
        """The platform's id of the model."""
        artefact = self.ticket.measure.artefact
        return artefact.external_id if artefact else "–"

    @property
    def movable(self) -> bool:
        """Whether engineers may move it: the platform has it, and it has not ended."""
        return self.ticket.measure.state == MeasureState.IN_PROGRESS

    @property
    def tint(self) -> str:
        """The class of its probes' badge."""
        return _TINTS.get(self.standing.verdict or "", "")

    @property
    def verdict(self) -> str | Promise:
        """Its suites in a word."""
        word = self.standing.verdict
        return word.label if word else pgettext_lazy("probe run", "Not run on this build yet")

    @property
    def last(self) -> datetime | None:
        """When a suite ran last."""
        runs = [one.run.at for suite in self.standing.suites for one in suite.runs if one.run]
        return max(runs, default=None)

    @property
    def verification(self) -> Verification:
        """What tests have shown of it as a measure."""
        return verification(self.ticket.measure)


@dataclass(frozen=True)
class Column:
    """One column of the board."""

    key: str
    title: str | Promise
    cards: list[Card]


def board(now: datetime) -> list[Column]:
    """Every column with its cards, by number. A fixed number of queries."""
    cards = cards_of(on_the_board(), now)
    named = [*Stage.choices, *_ENDS]
    return [Column(key, title, [c for c in cards if c.column == key]) for key, title in named]


def cards_of(tickets: Collection[Ticket], now: datetime) -> list[Card]:
    """These tickets as cards."""
    found, cases = standings(tickets), cases_behind(tickets)
    clocks_of = _clocks(tickets, now)
    return [
        Card(
            one, found[one.measure_id], cases.get(one.measure_id, 0), clocks_of.get(one.measure_id)
        )
        for one in tickets
    ]


def columns() -> list[tuple[str, str | Promise]]:
    """Where a ticket can be moved to by a press on the board."""
    return [*Stage.choices, _ENDS[0]]


@dataclass(frozen=True)
class Outcome:
    """What became of one probe at the latest run on one model."""

    result: ProbeResult
    judged: bool

    @property
    def shows(self) -> bool:
        """Whether it counts as similar."""
        return self.result.similar or self.judged

    @property
    def tint(self) -> str:
        """The class of its badge."""
        return "danger" if self.shows else "success" if self.result.score is not None else "waiting"


@dataclass(frozen=True)
class RunShown:
    """The latest run of a suite on one model, with the outputs that count as similar first."""

    suite: str | Promise
    run: Run
    outcomes: Sequence[Outcome]

    @property
    def tint(self) -> str:
        """The class of its badge."""
        return _TINTS.get(self.run.verdict or "", "")


def runs_shown(standing: Standing) -> list[RunShown]:
    """The latest run of each suite on each model, normal use first. One query for all outcomes."""
    told = [(suite, one) for suite in standing.suites for one in suite.runs if one.run]
    by_run = _outcomes([one.run for _suite, one in told if one.run])
    return [
        RunShown(Suite(suite.suite.kind).label, one, by_run.get(one.run.id, []))
        for suite, one in told
        if one.run
    ]


def judgeable(shown: Collection[RunShown]) -> list[ProbeResult]:
    """The outputs that a person may still find to show the work."""
    found = [outcome for one in shown for outcome in one.outcomes]
    return [one.result for one in found if one.result.output and not one.shows]


def tint_of(run: ProbeRun) -> str:
    """The class of a verdict's badge."""
    return _TINTS.get(run.verdict, "")


def _outcomes(runs: Collection[ProbeRun]) -> dict[UUID, list[Outcome]]:
    rows = ProbeResult.objects.filter(run__in=[one.id for one in runs]).select_related(
        "probe", "opinion"
    )
    found: dict[UUID, list[Outcome]] = {}
    for row in rows:
        found.setdefault(row.run_id, []).append(Outcome(row, hasattr(row, "opinion")))
    for told in found.values():
        told.sort(key=lambda one: (not one.shows, one.result.probe.number))
    return found


def _clocks(tickets: Collection[Ticket], now: datetime) -> dict[UUID, Clock]:
    ids = [one.measure_id for one in tickets]
    rows = Deadline.objects.filter(kind=TICKET, subject_id__in=ids, state__in=OPEN)
    return {row.subject_id: clocks.present(row, now=now) for row in rows}
