"""Which version of a text is shown at a moment. No database, no Django."""

from collections.abc import Hashable, Iterable
from datetime import datetime
from typing import Protocol, TypeVar


class Version(Protocol):
    """One approved version of a text. Times are UTC; `ended_at` is None while nobody ended it."""

    @property
    def series(self) -> Hashable: ...
    @property
    def number(self) -> int: ...
    @property
    def in_force_from(self) -> datetime: ...
    @property
    def in_force_until(self) -> datetime | None: ...
    @property
    def ended_at(self) -> datetime | None: ...


V = TypeVar("V", bound=Version)


def in_force(versions: Iterable[V], at: datetime) -> list[V]:
    """Of each text the version shown at a moment, if there is one, in the order given.

    The newest version that has begun takes the place of all before it, for good: when it runs out or is
    ended, the text is silent and no older version comes back. One that was ended before its first day
    never began.
    """
    begun = [one for one in versions if _begun(one, at)]
    newest: dict[Hashable, int] = {}
    for one in begun:
        newest[one.series] = max(one.number, newest.get(one.series, 0))
    return [one for one in begun if one.number == newest[one.series] and _lasts(one, at)]


def _begun(one: Version, at: datetime) -> bool:
    return one.in_force_from <= at and (one.ended_at is None or one.ended_at > one.in_force_from)


def _lasts(one: Version, at: datetime) -> bool:
    ends = [moment for moment in (one.in_force_until, one.ended_at) if moment is not None]
    return all(at < moment for moment in ends)
