"""Setting a clock going."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext as _

from common.actors import Actor
from common.transactions import lock_case
from deadlines.errors import AlreadyRunning
from deadlines.models import Deadline
from deadlines.registry import kind_of
from deadlines.selectors import open_deadlines
from deadlines.services.lifecycle import Occasion, record
from deadlines.services.reckoning import Facts, reckon
from deadlines.shelf import shelf
from deadlines.terms import freeze
from evidence.chain import Fact
from regimes.pack import Clock


@dataclass(frozen=True)
class Subject:
    """What a clock is about: a thing of a case (`subject_id`), under one regime of it or under none."""

    case_id: UUID
    case_regime_id: UUID | None
    subject_id: UUID


class PackVersion(Protocol):
    """A pack, or anything that says which pack in which version."""

    @property
    def id(self) -> str: ...

    @property
    def version(self) -> str: ...


@dataclass(frozen=True)
class Period:
    """What is to run: a pack's clock, as a deadline of this kind, from the law's event.

    `triggered_at` (UTC) is that event, for instance an arrival, and not the moment of writing it down.
    """

    kind: str
    clock: Clock
    pack: PackVersion
    triggered_at: datetime
    owner_id: UUID | None = None


def start(period: Period, subject: Subject, *, actor: Actor, now: datetime) -> Deadline:
    """Let the period run.

    The date is computed once, with its derivation, and stored. A period that is already over when it is
    recorded starts too: the sweep then finds it due. Takes the case lock; ledger: deadline.started.
    Raises UnknownKind, AlreadyRunning, CalendarError (the law gives no figure, the period makes no sense).
    """
    lock_case(subject.case_id)
    kind_of(period.kind)
    if open_deadlines(period.kind, subject.subject_id, subject.case_regime_id).exists():
        raise AlreadyRunning(_("This clock is running already. Reload the page and look again."))
    row = _row(period, subject, now)
    row.save(force_insert=True)
    occasion = Occasion(actor, period.triggered_at, now)
    record(row, "deadline.started", occasion, _facts(row))
    return row


def _row(period: Period, subject: Subject, now: datetime) -> Deadline:
    clock = period.clock
    return Deadline(
        kind=period.kind,
        clock_key=clock.key,
        pack_id=period.pack.id,
        pack_version=period.pack.version,
        case_id=subject.case_id,
        case_regime_id=subject.case_regime_id,
        subject_id=subject.subject_id,
        owes=clock.owes,
        owner_id=period.owner_id,
        triggered_at=period.triggered_at,
        clock=freeze(clock),
        **reckon(Facts(clock, period.triggered_at), now, shelf()),
    )


def _facts(row: Deadline) -> dict[str, Fact]:
    return {
        "clock": row.clock_key,
        "pack": f"{row.pack_id} {row.pack_version}",
        "last_day": row.last_day.isoformat(),
        "provisional": row.provisional,
    }
