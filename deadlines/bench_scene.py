"""The stage of the bench: very many open clocks, each of a case of its own, made as fast as can be."""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import connections, transaction

from common.actors import SETUP
from deadlines.registry import KINDS, Kind, register
from deadlines.services import Period, Subject, start, stop
from regimes.pack import Clock, ClockKind, Text, Unit

DUTY: Final = Kind("bench.duty")
CONSEQUENCE: Final = Kind("bench.consequence", fire=lambda _due: None)
BEGUN: Final = datetime(2026, 1, 5, 8, tzinfo=UTC)
FIRST: Final = datetime(2026, 3, 2, 8, tzinfo=UTC)
HOUR: Final = timedelta(hours=1)
CHUNK: Final = 50_000
CLOCK: Final = Clock(
    key="bench.answer",
    label=Text("A clock of the bench", "测量用时钟"),
    trigger="arrival",
    owes="provider",
    length=20,
    unit=Unit.WORKING_DAYS,
    calendar="cn",
    kind=ClockKind.HOUSE_SLA,
    consequence=Text("Nothing.", "无。"),
    source=(),
    zone="Asia/Shanghai",
    cutoff="24:00",
)
INDEXES: Final = """
SELECT indexname, indexdef FROM pg_indexes
 WHERE tablename = 'deadlines_deadline' AND indexname <> 'deadlines_deadline_pkey'
"""
# Copies of one real row. Ids are hashes of its number, so that the indexes grow as in life.
COPY: Final = """
INSERT INTO deadlines_deadline (id, kind, clock_key, pack_id, pack_version, case_id, subject_id, owes,
    triggered_at, due_at, last_day, provisional, clock, pauses, derivation, state, attempts, last_error)
SELECT md5('deadline' || n)::uuid, %s, clock_key, pack_id, pack_version, md5('case' || n)::uuid,
    md5('subject' || n)::uuid, owes, triggered_at, %s + (n - %s) * interval '1 ms', last_day, provisional,
    clock, pauses, derivation, 'running', attempts, last_error
  FROM (SELECT * FROM deadlines_deadline WHERE id = %s) AS one, generate_series(%s::int, %s::int) AS n
"""
BEGIN_CHAINS: Final = """
SELECT redress_ledger_append_many('case', %s, 'system:setup', 'deadline.started',
    array_agg(gen_random_uuid()), array_agg(case_id), array_agg('{}'::text))
  FROM deadlines_deadline WHERE due_at <= %s
"""


class TookTooLong(RuntimeError):
    """Filling the database did not come to its end in time: give the bench fewer clocks."""


@dataclass(frozen=True)
class Size:
    """How many clocks are open, how many of them end at one moment, how often that is measured, and
    the seconds after which filling is given up."""

    open: int = 1_000_000
    due: int = 10_000
    rounds: int = 3
    fill_seconds: float = 900.0

    @property
    def singly(self) -> int:
        """How many are swept row by row: a tenth, because it is slow."""
        return max(1, self.due // 10)

    @property
    def needed(self) -> int:
        """The fewest open clocks for that."""
        return 2 * self.rounds * self.due + self.singly

    @property
    def moments(self) -> list[datetime]:
        """Moments at which clocks end: two for each round, and one for the row-by-row sweep."""
        return [FIRST + number * HOUR for number in range(2 * self.rounds + 1)]


@contextmanager
def kinds() -> Iterator[None]:
    """The bench's kinds are known meanwhile."""
    register(DUTY)
    register(CONSEQUENCE)
    try:
        yield
    finally:
        del KINDS[DUTY.name], KINDS[CONSEQUENCE.name]


def fill(size: Size) -> None:
    """`size.open` clocks, `size.due` of them for each moment. Raises TookTooLong.

    As the owner, without indexes and triggers until all is there.
    """
    end = time.monotonic() + size.fill_seconds
    with transaction.atomic():
        subject = Subject(uuid.uuid4(), None, uuid.uuid4())
        one = start(Period(DUTY.name, CLOCK, _Pack(), BEGUN), subject, actor=SETUP, now=BEGUN)
        stop(DUTY.name, subject.subject_id, BEGUN, SETUP, reason="bench")
    with _bare_table():
        done = 0
        for kind, due_at, many in _groups(size):
            for first in range(done + 1, done + many + 1, CHUNK):
                last = min(first + CHUNK - 1, done + many)
                _as_owner(COPY, kind, due_at, done, one.pk, first, last)
                if time.monotonic() > end:
                    raise TookTooLong(TookTooLong.__doc__)
            done += many
    _as_owner(BEGIN_CHAINS, BEGUN, size.moments[-1])
    _as_owner("CREATE TABLE bench_ledger (LIKE evidence_ledgerentry INCLUDING ALL)")
    _as_owner("VACUUM ANALYZE")


def clear() -> None:
    """Remove what only the bench needs."""
    _as_owner("DROP TABLE IF EXISTS bench_ledger")


def _groups(size: Size) -> Iterator[tuple[str, datetime, int]]:
    """Kind, number, and from when on: a clock each millisecond, so that all end before their moment."""
    *by_round, last = size.moments
    for moment in by_round:
        yield DUTY.name, moment - HOUR / 2, size.due
    yield CONSEQUENCE.name, last - HOUR / 2, size.singly
    yield DUTY.name, FIRST + timedelta(days=3650), size.open - size.needed


@contextmanager
def _bare_table() -> Iterator[None]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(INDEXES)
        indexes = cursor.fetchall()
    _as_owner("ALTER TABLE deadlines_deadline DISABLE TRIGGER USER")
    for name, _definition in indexes:
        _as_owner(f"DROP INDEX {name}")
    try:
        yield
    finally:
        for _name, definition in indexes:
            _as_owner(definition)
        _as_owner("ALTER TABLE deadlines_deadline ENABLE TRIGGER USER")


def _as_owner(statement: str, *values: str | int | datetime | uuid.UUID) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, values or None)


@dataclass(frozen=True)
class _Pack:
    id: str = "bench"
    version: str = "1"
