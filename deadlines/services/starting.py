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


def start(
    *,
    kind: str,
    clock: Clock,
    pack: PackVersion,
    triggered_at: datetime,
    subject: Subject,
    actor: Actor,
    now: datetime,
    owner_id: UUID | None = None,
) -> Deadline:
    """Let `clock` run from `triggered_at` (UTC; the law's event, for instance an arrival, not the writing).

    The date is computed once, with its derivation, and stored. A period that is already over when it is
    recorded starts too: the sweep then finds it due. Takes the case lock; ledger: deadline.started.
    Raises UnknownKind, AlreadyRunning, CalendarError (the law gives no figure, the period makes no sense).
    """
    lock_case(subject.case_id)
    kind_of(kind)
    if open_deadlines(kind, subject.subject_id, subject.case_regime_id).exists():
        raise AlreadyRunning(_("This clock is running already. Reload the page and look again."))
    row = Deadline(
        kind=kind,
        clock_key=clock.key,
        pack_id=pack.id,
        pack_version=pack.version,
        case_id=subject.case_id,
        case_regime_id=subject.case_regime_id,
        subject_id=subject.subject_id,
        owes=clock.owes,
        owner_id=owner_id,
        triggered_at=triggered_at,
        clock=freeze(clock),
        **reckon(Facts(clock, triggered_at), now, shelf()),
    )
    row.save(force_insert=True)
    facts: dict[str, Fact] = {
        "clock": clock.key,
        "pack": f"{pack.id} {pack.version}",
        "last_day": row.last_day.isoformat(),
        "provisional": row.provisional,
    }
    record(row, "deadline.started", Occasion(actor, triggered_at, now), facts)
    return row
