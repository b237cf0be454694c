"""The drain: many at once with the fields and entries of one by one, in order within each case, and never half."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from common.transactions import lock_case
from evidence.models import LedgerEntry
from measures.models import Measure
from measures.selectors import alarms
from measures.services import drain as draining
from measures.services import execute
from measures.services.attempts import ALARM_AFTER
from measures.services.drain import LINES, claim, drain
from measures.services.orders import Order
from notices.models import Case
from platforms.contract import Acknowledgement, MeasureOrder, PlatformError, TargetNotFound
from tests.measures.conftest import NOW, Stage

SECOND = timedelta(seconds=1)
LATER = NOW + 60 * SECOND
OUTAGE = PlatformError("no answer within 10 s", permanent=False)
REFUSAL = PlatformError("the platform refused: 422", permanent=True)


def in_a_row(stage: Stage, case: Case, many: int) -> list[Measure]:
    """Removals for one case, each ordered a second after the other."""
    rows = [stage.removal(case) for _ in range(many)]
    for number, row in enumerate(rows):
        Measure.objects.filter(id=row.id).update(ordered_at=NOW + number * SECOND)
    return rows


def run(stage: Stage, at: datetime = LATER) -> int:
    return drain(stage.platform.id, stage.client, lambda: at)


def states(rows: list[Measure]) -> list[str]:
    return [Measure.objects.get(id=row.id).state for row in rows]


def told(measure: Measure) -> list[dict[str, Any]]:
    """What the ledger says of it, but for what is its own."""
    own = {str(measure.id), str(measure.idempotency_key), f"output_{measure.id}"}
    entries = LedgerEntry.objects.filter(facts__measure=str(measure.id)).order_by("sequence")
    own |= {entry.facts["target"] for entry in entries}
    return [
        {"event": entry.event, "actor": entry.actor, "at": entry.at}
        | {
            key: "own" if value in own or key == "acknowledgement" else value
            for key, value in entry.facts.items()
        }
        for entry in entries
    ]


def fields(measure: Measure) -> dict[str, Any]:
    """Every field that carrying it out writes."""
    own = ("id", "artefact_id", "request", "idempotency_key", "lift_key", "acknowledgement")
    row = Measure.objects.filter(id=measure.id).values().get()
    return {key: value for key, value in row.items() if key not in own}


def test_many_end_with_the_fields_and_entries_of_one_by_one(stage: Stage) -> None:
    alone = stage.removal(stage.case())
    rows = [stage.removal(stage.case()) for _ in range(8)]
    done = stage.execute(alone, LATER)
    assert run(stage) == 8
    assert states(rows) == ["in_force"] * 8
    for row in rows:
        assert told(row) == told(alone)
        assert fields(row) == fields(alone)
        word = Measure.objects.get(id=row.id).acknowledgement
        assert word.keys() == done.acknowledgement.keys()
        assert word["acknowledgement_id"] == f"ack_applied_{str(row.id)[:8]}"
    keys = {(str(row.id), str(row.idempotency_key)) for row in [alone, *rows]}
    assert {(id, key) for _, id, key in stage.client.calls} == keys
    assert len(stage.client.calls) == 9


def test_a_ticket_is_in_progress_and_untested_when_many_go_together(stage: Stage) -> None:
    terms = [{"text": "Fox Spirit", "language": "en"}]
    order = Order(
        "model_optimisation", artefact=stage.artefact("model"), parameters={"terms": terms}
    )
    [ticket] = stage.impose(stage.case(), order)
    removal = stage.removal(stage.case())
    run(stage)
    assert states([ticket, removal]) == ["in_progress", "in_force"]
    assert Measure.objects.get(id=ticket.id).check_at is None
    assert Measure.objects.get(id=removal.id).check_at == LATER + 10 * SECOND


def test_every_case_behind_a_measure_reads_of_it(stage: Stage) -> None:
    first, second, artefact = stage.case(), stage.case(), stage.artefact()
    [measure] = stage.impose(first, Order("content_removal", artefact=artefact))
    stage.impose(second, Order("content_removal", artefact=artefact))
    run(stage)
    applied = LedgerEntry.objects.filter(event="measure.applied", facts__measure=str(measure.id))
    assert {entry.chain_id for entry in applied} == {first.id, second.id}


def test_of_each_case_what_was_ordered_earlier_goes_earlier(stage: Stage) -> None:
    cases = [in_a_row(stage, stage.case(), 3) for _ in range(4)]
    assert run(stage) == 12
    sent = [id for _, id, _ in stage.client.calls]
    for rows in cases:
        places = [sent.index(str(row.id)) for row in rows]
        assert all(earlier < later for earlier, later in pairwise(places))


def test_of_each_case_only_the_first_is_claimed_and_the_others_wait_for_it(stage: Stage) -> None:
    first, second = in_a_row(stage, stage.case(), 2)
    assert [one.measure.id for one in claim(stage.platform.id, 10, LATER)] == [first.id]
    assert claim(stage.platform.id, 10, LATER) == []
    assert stage.execute(second, LATER).state == "ordered"


def test_a_measure_that_keeps_failing_by_itself_does_not_hold_its_case_up(stage: Stage) -> None:
    first, second = in_a_row(stage, stage.case(), 2)
    stage.client.errors = [OUTAGE] * ALARM_AFTER
    for number in range(ALARM_AFTER):
        at = LATER + timedelta(hours=number)
        assert stage.execute(second, at).state == "ordered"
        stage.execute(first, at)
    run(stage, LATER + timedelta(hours=ALARM_AFTER - 1, seconds=10))
    assert states([first, second]) == ["executing", "in_force"]


@contextmanager
def somebody_works_on(case: Case) -> Iterator[None]:
    """Over another connection, until the block ends."""
    held, over = threading.Event(), threading.Event()

    def work() -> None:
        with transaction.atomic():
            lock_case(case.id)
            held.set()
            over.wait(30)
        connection.close()

    with ThreadPoolExecutor(1) as somebody:
        done = somebody.submit(work)
        assert held.wait(30)
        try:
            yield
        finally:
            over.set()
            done.result()


@pytest.mark.usefixtures("committed_db")
def test_a_busy_case_is_passed_by_and_goes_with_the_next_turn(stage: Stage) -> None:
    busy, free = removal(stage), removal(stage)
    with somebody_works_on(busy.grounds.get().case):
        assert run(stage) == 1
        assert states([busy, free]) == ["ordered", "in_force"]
    assert run(stage) == 1
    assert states([busy]) == ["in_force"]


@pytest.mark.usefixtures("committed_db")
def test_nobody_waits_behind_busy_cases_however_many_come_first(stage: Stage) -> None:
    cases = [removal(stage).grounds.get().case for _ in range(LINES + 1)]
    free = removal(stage)
    Measure.objects.filter(id=free.id).update(ordered_at=NOW + SECOND)
    with ExitStack() as everybody:
        for case in cases:
            everybody.enter_context(somebody_works_on(case))
        assert run(stage) == 1
        assert states([free]) == ["in_force"]


@pytest.mark.usefixtures("committed_db")
def test_workers_side_by_side_ask_for_each_once_and_in_order(stage: Stage) -> None:
    cases = [committed_row(stage, 3) for _ in range(12)]
    start = threading.Barrier(3)

    def work(_number: int) -> int:
        start.wait()
        try:
            return sum(run(stage) for _ in range(8))
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(work, range(3))) == 36
    sent = [id for _, id, _ in stage.client.calls]
    assert len(sent) == len(set(sent)) == 36
    for rows in cases:
        places = [sent.index(str(row.id)) for row in rows]
        assert places == sorted(places)
    assert LedgerEntry.objects.filter(event="measure.applied").count() == 36


def removal(stage: Stage) -> Measure:
    """A removal that other connections see."""
    return committed_row(stage, 1)[0]


def committed_row(stage: Stage, many: int) -> list[Measure]:
    with transaction.atomic():
        return in_a_row(stage, stage.case(), many)


def test_errors_are_stored_as_one_by_one_and_stop_nobody_else(stage: Stage) -> None:
    rows = [stage.removal(stage.case()) for _ in range(5)]
    answers = {str(rows[0].id): TargetNotFound("not found here"), str(rows[1].id): REFUSAL}
    answers[str(rows[2].id)] = OUTAGE
    fail_for(stage, answers)
    assert run(stage) == 5
    assert states(rows) == ["not_found", "failed", "executing", "in_force", "in_force"]
    assert Measure.objects.get(id=rows[2].id).try_after == LATER + 2 * SECOND
    assert list(alarms()) == [rows[1]]


def fail_for(stage: Stage, answers: dict[str, PlatformError]) -> None:
    """These measures get errors, all others are acknowledged."""
    plain = stage.client.apply

    def apply(order: MeasureOrder, key: str) -> Acknowledgement:
        if order.measure_id in answers:
            raise answers[order.measure_id]
        return plain(order, key)

    stage.client.apply = apply  # type: ignore[method-assign]


def test_a_broken_row_is_left_alone_and_the_others_go(stage: Stage) -> None:
    rows = [stage.removal(stage.case()) for _ in range(2)]
    Measure.objects.filter(id=rows[0].id).update(request={})
    run(stage)
    assert states(rows) == ["executing", "in_force"]
    assert run(stage, LATER + 29 * SECOND) == 0


def test_what_the_database_refuses_is_told_by_its_row_alone(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [stage.removal(stage.case()) for _ in range(3)]

    def refused(*_given: object) -> None:
        raise DatabaseError("refused")

    monkeypatch.setattr(draining, "take_effect", refused)
    assert run(stage) == 3
    assert states(rows) == ["in_force"] * 3


def test_a_ground_lost_during_the_call_has_the_measure_lifted_at_once(stage: Stage) -> None:
    rows = [stage.removal(stage.case()) for _ in range(2)]
    batch = claim(stage.platform.id, 10, LATER)
    stage.release(rows[0])
    outcomes = {one.measure.id: execute.apply(one.measure, stage.client) for one in batch}
    draining.settle(batch, outcomes, LATER)
    assert states(rows) == ["lifting", "in_force"]
    assert run(stage) == 1
    assert states(rows) == ["lifted", "in_force"]


def test_a_worker_killed_between_claim_and_store_leaves_it_to_the_lease(stage: Stage) -> None:
    measure = stage.removal(stage.case())
    [lost] = claim(stage.platform.id, 10, LATER)
    assert run(stage, LATER + 29 * SECOND) == 0
    assert run(stage, LATER + 30 * SECOND) == 1
    assert states([measure]) == ["in_force"]
    again = told(measure)
    assert [one["attempt"] for one in again if one["event"] == "measure.attempted"] == [1, 2]
    draining.settle([lost], {measure.id: execute.apply(measure, stage.client)}, LATER)
    assert told(measure) == again


def test_what_time_did_not_suffice_for_is_free_again_at_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draining, "CALLING_SECONDS", -1.0)
    monkeypatch.setattr(draining, "TURN_SECONDS", 0.05)
    measure = stage.removal(stage.case())
    run(stage)
    assert stage.client.calls == []
    monkeypatch.undo()
    assert run(stage) == 1
    assert states([measure]) == ["in_force"]
