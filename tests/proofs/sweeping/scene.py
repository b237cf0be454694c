"""Thousands of clocks, two to a case: some over for long, some ending while we watch, some ending later."""

import uuid
from dataclasses import dataclass

from django.db import connection, transaction

from common.actors import SETUP
from deadlines.bench_scene import BEGUN, CLOCK
from deadlines.services import Period, Subject, start, stop
from tests.proofs.sweeping.kinds import CONSEQUENCE, DUTY

CONTROLS = 10  # one clock in so many more ends only within the hour
ENDING = 20  # half of the due clocks end within so many seconds of planting
# n counts from 1: odd ones are over, even ones end while we watch; those beyond the size end in 5 to 55 minutes.
COPY = """
INSERT INTO deadlines_deadline (id, kind, clock_key, pack_id, pack_version, case_id, subject_id, owes,
    triggered_at, due_at, last_day, provisional, clock, pauses, derivation, state, attempts, last_error)
SELECT md5(%(round)s || 'deadline' || n)::uuid,
    CASE WHEN n %% %(every)s = 0 THEN %(consequence)s ELSE %(duty)s END,
    clock_key, pack_id, pack_version, md5(%(round)s || 'case' || n / 2)::uuid,
    md5(%(round)s || 'subject' || n)::uuid, owes, triggered_at,
    redress_now() + CASE WHEN n > %(size)s THEN interval '5 min' + n %% 50 * interval '1 min'
        WHEN n %% 2 = 1 THEN - (n %% 3600) * interval '1 s'
        ELSE (n %% %(ending)s) * interval '1 s' END,
    last_day, provisional, clock, pauses, derivation, 'running', attempts, last_error
  FROM (SELECT * FROM deadlines_deadline WHERE id = %(one)s) AS one, generate_series(1, %(all)s) AS n
"""
IDS = "SELECT md5(%s || 'deadline' || n)::uuid FROM generate_series(%s::int, %s::int) AS n"


@dataclass(frozen=True)
class Planted:
    """The clocks of one round: those that end in it, and those that do not."""

    due: frozenset[uuid.UUID]
    later: frozenset[uuid.UUID]


def plant(name: str, size: int, *, every: int) -> Planted:
    """`size` clocks to be swept, one in `every` with a consequence, and a tenth more that must be left alone."""
    everything = size + max(1, size // CONTROLS)
    with transaction.atomic(), connection.cursor() as cursor:
        told = {"round": name, "size": size, "all": everything, "every": every, "ending": ENDING}
        kinds = {"consequence": CONSEQUENCE, "duty": DUTY}
        cursor.execute(COPY, {**told, **kinds, "one": _one()})
        cursor.execute(IDS, [name, 1, size])
        due = frozenset(id for (id,) in cursor.fetchall())
        cursor.execute(IDS, [name, size + 1, everything])
        return Planted(due, frozenset(id for (id,) in cursor.fetchall()))


def _one() -> uuid.UUID:
    """A real row to copy, itself stopped."""
    subject = Subject(uuid.uuid4(), None, uuid.uuid4())
    pack = type("Pack", (), {"id": "proof", "version": "1"})()
    row = start(Period(DUTY, CLOCK, pack, BEGUN), subject, actor=SETUP, now=BEGUN)
    stop(DUTY, subject.subject_id, BEGUN, SETUP, reason="copied")
    return row.pk
