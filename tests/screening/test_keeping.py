"""A process takes up what changed without looking for cycles meanwhile, and looks for them again afterwards."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from screening.guard.keeper import MANY, Keeper, Source
from screening.guard.store import State


@dataclass(frozen=True)
class Some:
    """As many as it says."""

    version: int
    count: int

    def __len__(self) -> int:
        return self.count


@contextmanager
def quiet() -> Iterator[SimpleNamespace]:
    """A connection on which nothing ever happens."""
    yield SimpleNamespace(execute=lambda _query: None, notifies=lambda **_: [])


def keep(count: int, raises: type[Exception] | None = None) -> bool:
    """Take up so many once; whether cycles were looked for meanwhile."""
    collecting: list[bool] = []

    def load(_connection: object, _held: Some | None) -> Some:
        collecting.append(gc.isenabled())
        if raises:
            raise raises
        return Some(1, count)

    source = Source("things", "things", lambda _: State(1, datetime.now(UTC)), load)
    keeper = Keeper(quiet, source)  # type: ignore[arg-type]
    keeper.start(10)
    keeper.stop()
    return collecting[0]


@pytest.mark.parametrize("raises", [None, ValueError])
def test_cycles_are_looked_for_again_afterwards(raises: type[Exception] | None) -> None:
    assert not keep(1, raises)
    assert gc.isenabled()


def test_only_many_are_kept_out_of_the_collectors_sight() -> None:
    before = gc.get_freeze_count()
    keep(MANY - 1)
    assert gc.get_freeze_count() == before
    try:
        keep(MANY)
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()
