"""The cast of clocks: a waiting period of 20 PRC working days, a duty of 24 hours."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from deadlines import registry
from deadlines.registry import Change, Due, Kind, Outcome
from deadlines.services import Subject
from regimes.pack import Clock, ClockKind, Text, Unit

ARRIVED = datetime(2026, 9, 18, 2, tzinfo=UTC)  # a Friday morning in Shanghai
END = datetime(2026, 10, 22, 16, tzinfo=UTC)  # 24:00 of Thursday 22 October there (law.md 1.8)

PERIOD = "test.waiting_period"
DUTY = "test.duty"


def clock(key: str, length: int, unit: Unit, calendar: str = "cn", owes: str = "filer") -> Clock:
    return Clock(
        key=key,
        label=Text("A clock", "时钟"),
        trigger="arrival",
        owes=owes,
        length=length,
        unit=unit,
        calendar=calendar,
        kind=ClockKind.HOUSE_SLA,
        consequence=Text("Something happens.", "有后果。"),
        source=(),
        zone="Asia/Shanghai",
        cutoff="24:00",
    )


WAITING = clock("cn.await_action.general", 20, Unit.WORKING_DAYS)
FIFTEEN_DAYS = clock("cn.await_action.ecommerce", 15, Unit.CALENDAR_DAYS)
FORWARDING = clock("cn.forward_statement", 24, Unit.HOURS, "plain", "provider")


@dataclass(frozen=True)
class PackName:
    id: str = "cn-civil-code"
    version: str = "1"


@dataclass
class Handler:
    """Remembers what it was told; answers or raises what the test wants."""

    outcome: Outcome | None = None
    error: Exception | None = None
    heard: list[Due] = field(default_factory=list)

    def __call__(self, due: Due) -> Outcome | None:
        self.heard.append(due)
        if self.error:
            raise self.error
        return self.outcome


@dataclass
class Handlers:
    fire: Handler = field(default_factory=Handler)
    warn: Handler = field(default_factory=Handler)
    breach: Handler = field(default_factory=Handler)
    moved: list[tuple[Due, datetime]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


@pytest.fixture
def handlers(monkeypatch: pytest.MonkeyPatch) -> Handlers:
    """Both kinds, registered for the length of the test."""
    all_of_them = Handlers()

    def moved(due: Due, change: Change) -> None:
        all_of_them.moved.append((due, change.before))
        all_of_them.changes.append(change)

    period = Kind(PERIOD, all_of_them.fire, warn=all_of_them.warn, moved=moved)
    duty = Kind(DUTY, warn=all_of_them.warn, breach=all_of_them.breach, moved=moved)
    for kind in (period, duty):
        monkeypatch.setitem(registry.KINDS, kind.name, kind)
    return all_of_them


@pytest.fixture
def subject() -> Subject:
    """A counter-notice, say, under one regime of a case."""
    return Subject(case_id=uuid4(), case_regime_id=uuid4(), subject_id=uuid4())


def fresh_subject(case_id: UUID | None = None) -> Subject:
    return Subject(case_id=case_id or uuid4(), case_regime_id=uuid4(), subject_id=uuid4())
