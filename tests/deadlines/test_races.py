"""Two at once, each with a connection of its own, against the real database."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connections, transaction

from common.actors import WORKER
from common.transactions import lock_case
from deadlines.errors import NotPossibleNow, PeriodOver
from deadlines.services import Subject, recomputing, stop, sweep
from deadlines.services.sweep import SweepResult
from deadlines.states import State
from evidence.models import LedgerEntry
from tests.deadlines.conftest import END, PERIOD, Handlers, fresh_subject
from tests.deadlines.steps import events, start_period, stored
from tests.deadlines.years import load, notice

pytestmark = pytest.mark.usefixtures("committed_db")

LATE = END + timedelta(hours=1)
SECONDS = 60


def at_once(*actions: Callable[[], Any]) -> list[Any]:
    """Run the actions in threads that begin together; their results in order."""
    barrier = threading.Barrier(len(actions))

    def run(action: Callable[[], Any]) -> Any:
        try:
            barrier.wait(SECONDS)
            return action()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(actions)) as threads:
        return [future.result(SECONDS) for future in [threads.submit(run, a) for a in actions]]


@contextmanager
def somebody_works_on(subject: Subject) -> Iterator[None]:
    """Another connection holds the lock of the subject's case."""
    holding, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            lock_case(subject.case_id)
            holding.set()
            done.wait(SECONDS)
        connections.close_all()

    thread = threading.Thread(target=hold)
    thread.start()
    assert holding.wait(SECONDS)
    yield
    done.set()
    thread.join(SECONDS)


def test_two_sweeps_at_once_fire_each_clock_once(handlers: Handlers) -> None:
    rows = [start_period(fresh_subject()) for _ in range(40)]

    first, second = at_once(lambda: sweep.run(LATE), lambda: sweep.run(LATE))

    assert first.fired + second.fired == 40
    assert first.failed + second.failed == 0
    assert sorted(d.deadline_id for d in handlers.fire.heard) == sorted(row.pk for row in rows)
    assert LedgerEntry.objects.filter(event="deadline.fired").count() == 40


def test_a_busy_case_is_passed_by_and_fires_with_the_next_sweep(
    handlers: Handlers, subject: Subject
) -> None:
    busy, idle = start_period(subject), start_period(fresh_subject())

    with somebody_works_on(subject):
        assert sweep.run(LATE) == SweepResult(fired=1, busy=1)
        assert stored(busy).state == State.RUNNING
        assert stored(idle).state == State.FIRED

    assert sweep.run(LATE) == SweepResult(fired=1)
    assert stored(busy).attempts == 0


def test_a_persons_decision_and_the_sweep_at_the_same_moment_have_one_winner(
    handlers: Handlers,
) -> None:
    for _ in range(25):
        subject = fresh_subject()
        row = start_period(subject)

        def decide(subject: Subject = subject) -> bool:
            try:
                with transaction.atomic():
                    return bool(stop(PERIOD, subject.subject_id, LATE, WORKER, reason="withdrawn"))
            except (NotPossibleNow, PeriodOver):
                return False

        decided, swept = at_once(decide, lambda: sweep.run(LATE))

        ended = [e for e in events(row) if e in ("deadline.fired", "deadline.stopped")]
        assert swept.failed == 0
        assert len(ended) == 1
        assert decided == (stored(row).state == State.STOPPED)


def test_two_workers_compute_each_clock_anew_once(handlers: Handlers) -> None:
    begun = datetime(2026, 12, 18, 2, tzinfo=UTC)
    rows = [start_period(fresh_subject(), begun) for _each in range(30)]
    load(notice(rest=[("2027-01-01", "2027-01-04")]), begun)

    results = at_once(lambda: recomputing.run(begun), lambda: recomputing.run(begun))
    rest = recomputing.run(begun)

    assert rest.left == 0
    assert all(result.left <= len(rows) for result in results)
    assert len(handlers.changes) == len(rows)
    assert all(events(row).count("deadline.recomputed") == 1 for row in rows)
