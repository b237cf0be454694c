"""Carrying out: outcomes, repetition, alarms; the call is made outside any transaction."""

from datetime import timedelta

import pytest
from django.db import connection

from evidence.models import LedgerEntry
from measures.models import Measure
from measures.selectors import alarms
from measures.services import impose, retry
from measures.services.attempts import ALARM_AFTER, wait
from measures.services.execute import begin
from measures.services.orders import Order
from platforms.contract import PlatformError, TargetNotFound
from tests.measures.conftest import NOW, Stage

OUTAGE = PlatformError("no answer within 10 s", permanent=False)
REFUSAL = PlatformError("the platform refused: 422", permanent=True)
LATER = NOW + timedelta(hours=1)


def events(measure: Measure) -> list[str]:
    entries = LedgerEntry.objects.filter(facts__measure=str(measure.id)).order_by("sequence")
    return list(entries.values_list("event", flat=True))


def test_an_acknowledged_measure_is_in_force_and_the_word_is_kept(stage: Stage) -> None:
    measure = stage.execute(stage.removal(stage.case()))
    assert measure.state == "in_force"
    assert measure.in_force_at == NOW
    assert measure.acknowledgement["acknowledgement_id"].startswith("ack_applied")
    assert events(measure) == ["measure.ordered", "measure.attempted", "measure.applied"]


def test_an_outage_is_followed_by_another_attempt_with_the_same_key(stage: Stage) -> None:
    measure = stage.removal(stage.case())
    stage.client.errors = [OUTAGE, OUTAGE]
    waiting = stage.execute(measure)
    assert (waiting.state, waiting.last_error) == ("executing", OUTAGE.message)
    assert waiting.try_after == NOW + timedelta(seconds=2)
    stage.execute(measure, LATER)
    assert stage.execute(measure, LATER).state == "in_force"
    assert set(stage.client.calls) == {("apply", str(measure.id), str(measure.idempotency_key))}
    assert len(stage.client.calls) == 3


def test_the_platform_s_wish_for_a_pause_is_respected(stage: Stage) -> None:
    stage.client.errors = [PlatformError("busy", permanent=False, retry_after=120)]
    measure = stage.execute(stage.removal(stage.case()))
    assert measure.try_after == NOW + timedelta(seconds=120)


def test_pauses_double_up_to_twenty_minutes() -> None:
    pauses = [wait(attempts).total_seconds() for attempts in (1, 2, 3, 9, 10, 11, 1000)]
    assert pauses == [2, 4, 8, 512, 1024, 1200, 1200]


def test_after_many_failures_somebody_is_told_once_and_attempts_go_on(stage: Stage) -> None:
    measure = stage.removal(stage.case())
    stage.client.errors = [OUTAGE] * (ALARM_AFTER + 2)
    for _ in range(ALARM_AFTER - 1):
        stage.execute(measure, LATER)
    assert not alarms().exists()
    for _ in range(3):
        stage.execute(measure, LATER)
    assert list(alarms()) == [measure]
    assert events(measure).count("measure.stuck") == 1
    recovered = stage.execute(measure, LATER)
    assert (recovered.state, recovered.alarmed_at) == ("in_force", None)


def test_a_refusal_for_good_fails_and_raises_the_alarm(stage: Stage) -> None:
    stage.client.errors = [REFUSAL]
    measure = stage.execute(stage.removal(stage.case()))
    assert measure.state == "failed"
    assert list(alarms()) == [measure]
    assert events(measure)[-2:] == ["measure.failed", "measure.stuck"]


def test_a_person_has_a_failed_measure_tried_again_with_the_same_key(stage: Stage) -> None:
    stage.client.errors = [REFUSAL]
    measure = stage.execute(stage.removal(stage.case()))
    again = retry(measure.id, user=stage.tara, now=NOW)
    assert (again.state, again.alarmed_at) == ("ordered", None)
    assert stage.execute(measure).state == "in_force"
    assert len({key for _, _, key in stage.client.calls}) == 1


def test_a_target_the_platform_does_not_know_is_recorded_as_such(stage: Stage) -> None:
    stage.client.errors = [TargetNotFound("not found here")]
    measure = stage.execute(stage.removal(stage.case()))
    assert (measure.state, measure.alarmed_at) == ("not_found", None)
    assert events(measure)[-1] == "measure.not_found"


def test_a_finished_measure_is_not_sent_again(stage: Stage) -> None:
    measure = stage.removal(stage.case())
    for _ in range(3):
        stage.execute(measure, LATER)
    assert len(stage.client.calls) == 1


def test_nobody_begins_while_another_is_at_it_until_the_lease_ends(stage: Stage) -> None:
    measure = stage.removal(stage.case())
    assert begin(measure.id, now=NOW)
    assert begin(measure.id, now=NOW + timedelta(seconds=29)) is None
    assert begin(measure.id, now=NOW + timedelta(seconds=30))


def test_two_outcomes_of_overlapping_attempts_count_once(stage: Stage) -> None:
    measure = stage.removal(stage.case())
    stage.client.during = lambda: finish_first(stage, measure)
    assert stage.execute(measure).state == "in_force"
    assert events(measure).count("measure.applied") == 1


def finish_first(stage: Stage, measure: Measure) -> None:
    """A second worker, after the lease, is quicker."""
    stage.client.during = lambda: None
    stage.execute(measure, NOW + timedelta(minutes=1))


def test_every_case_behind_a_measure_reads_of_it(stage: Stage) -> None:
    first, second, artefact = stage.case(), stage.case(), stage.artefact()
    [measure] = stage.impose(first, Order("content_removal", artefact=artefact))
    stage.impose(second, Order("content_removal", artefact=artefact))
    stage.execute(measure)
    applied = LedgerEntry.objects.filter(event="measure.applied")
    assert {entry.chain_id for entry in applied} == {first.id, second.id}


def test_the_ledger_holds_ids_and_codes_and_nothing_of_paul(stage: Stage) -> None:
    measure = stage.sanction(stage.case())
    stage.execute(measure)
    entry = LedgerEntry.objects.get(event="measure.applied")
    assert entry.facts["target"] == "user_paul"
    assert entry.facts["key"] == str(measure.idempotency_key)
    assert "paul@" not in str(list(LedgerEntry.objects.values_list("facts", flat=True)))


@pytest.mark.usefixtures("committed_db")
def test_the_call_is_made_outside_any_transaction_after_the_row_was_committed(
    stage: Stage,
) -> None:
    case = stage.case()
    order = Order("content_removal", artefact=stage.artefact())
    [measure] = impose(case, list(case.regimes.all()), [order], user=stage.tara, now=NOW)
    seen: list[tuple[bool, str]] = []
    stage.client.during = lambda: seen.append(
        (connection.in_atomic_block, Measure.objects.get(id=measure.id).state)
    )
    stage.execute(measure)
    assert seen == [(False, "executing")]
