"""What each kind of deadline leads to. Rooms above register their kinds; this room knows only strings.

The one deliberate inversion of the arrows: `apps.ready()` of a room imports its `handlers.py`, which
registers kinds; the sweep calls them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from deadlines.calendars.steps import Step


@dataclass(frozen=True)
class Due:
    """What a handler is told.

    `due_at` is the moment the legal effect dates from, however late the sweep woke; `now` is the
    present moment, for what is recorded. Both UTC.
    """

    deadline_id: UUID
    kind: str
    case_id: UUID
    case_regime_id: UUID | None
    subject_id: UUID
    owner_id: UUID | None
    due_at: datetime
    now: datetime


class Outcome(StrEnum):
    """What `fire` found when it looked at the world again."""

    CARRIED_OUT = "carried_out"
    NOT_DUE = "not_due"


Fire = Callable[[Due], Outcome | None]
"""Carries the consequence out, inside the sweep's transaction, with the case locked. None means CARRIED_OUT.

NOT_DUE means that nothing is owed any more: whatever the handler wrote is undone and the clock is stopped.
"""
Tell = Callable[[Due], None]
"""Tells people, inside the sweep's transaction."""
TellMany = Callable[[Sequence[Due]], None]
"""The same for many clocks of one kind at once; all their cases are locked."""


@dataclass(frozen=True)
class Change:
    """How a date moved: the end before (UTC), and why, as steps that `deadlines.derivation` puts into words."""

    before: datetime
    why: tuple[Step, ...]


Moved = Callable[[Due, Change], None]
"""Tells people that the date moved, in the transaction in which it does, with the case locked."""


@dataclass(frozen=True)
class Kind:
    """A kind of deadline, `room.what`, for instance `counternotices.waiting_period`.

    With `fire` the end of the period has a consequence, and what is done after it comes too late.
    Without it the clock measures a duty: when the period ends the duty is breached and goes on.
    `outlives_case`: what it measures goes on when the case is over, so `stop_all` leaves it alone.
    `breach_many` is what `breach` does, for many, in fewer statements, and `warn_many` what `warn` does:
    with them, or with neither way of telling, the sweep records breaches and warnings by the hundred.
    """

    name: str
    fire: Fire | None = None
    warn: Tell | None = None
    breach: Tell | None = None
    warn_many: TellMany | None = None
    breach_many: TellMany | None = None
    moved: Moved | None = None
    outlives_case: bool = False

    def __post_init__(self) -> None:
        for many, one in ((self.breach_many, self.breach), (self.warn_many, self.warn)):
            if many and not one:
                raise ValueError(f"{self.name}: telling of many needs telling of one by itself.")

    @property
    def breaches_quietly(self) -> bool:
        """Whether many breaches may be recorded at once."""
        return self.is_duty and (self.breach is None or self.breach_many is not None)

    @property
    def warns_quietly(self) -> bool:
        """Whether many warnings may be given at once."""
        return self.warn is None or self.warn_many is not None

    @property
    def is_duty(self) -> bool:
        return self.fire is None


KINDS: dict[str, Kind] = {}
ALSO_MOVED: dict[str, Moved] = {}


class AlreadyRegistered(ValueError):
    """Two handlers for one kind: give one of them another name."""


class UnknownKind(LookupError):
    """Nobody registered this kind: register it in the room's handlers.py, joined in apps.ready()."""


def register(kind: Kind) -> None:
    """Make the kind known. Raises AlreadyRegistered for a different kind of the same name."""
    if KINDS.setdefault(kind.name, kind) != kind:
        raise AlreadyRegistered(kind.name)


def kind_of(name: str) -> Kind:
    """The registered kind. Raises UnknownKind."""
    if name not in KINDS:
        raise UnknownKind(f"{name}: {UnknownKind.__doc__}")
    return KINDS[name]


def register_moved(kind: str, tell: Moved) -> None:
    """Let a room above the kind's own tell its people too when the date moves. Raises AlreadyRegistered."""
    if ALSO_MOVED.setdefault(kind, tell) != tell:
        raise AlreadyRegistered(kind)


def moved_listeners(kind: str) -> list[Moved]:
    """Everybody who tells people about a moved date of this kind. Raises UnknownKind."""
    found = (kind_of(kind).moved, ALSO_MOVED.get(kind))
    return [tell for tell in found if tell is not None]
