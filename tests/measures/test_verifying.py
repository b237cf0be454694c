"""Every measure ends in tests: what verifies it, what raises the alarm, what a person can do then."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, IntegrityError, transaction

from common.errors import Conflict, Forbidden, RedressError
from evidence.models import LedgerEntry
from measures.checks import SOON
from measures.models import Measure, MeasureCheck
from measures.selectors import alarms
from measures.services import broken_mail, explain, order_again
from measures.services.guard_probe import GuardProbe
from measures.services.orders import Order
from measures.services.verify import LEASE, VerifyResult, open_next, run, verify
from platforms.models import Artefact
from tests.measures.conftest import NOW, Stage
from tests.measures.liar import Liar, lying

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def liar() -> Iterator[Liar]:
    with lying() as server:
        yield server


def taken_down(stage: Stage, liar: Liar) -> Measure:
    """A removal that the platform acknowledged."""
    artefact = stage.artefact()
    Artefact.objects.filter(id=artefact.id).update(
        external_id="output_1", url=f"{liar.url}/o/output_1"
    )
    artefact.refresh_from_db()
    [measure] = stage.impose(stage.case(), Order("content_removal", artefact=artefact))
    return stage.execute(measure)


def look(liar: Liar, at: datetime) -> VerifyResult:
    return verify(liar.eyes(), lambda: at)


def fresh(measure: Measure) -> Measure:
    return Measure.objects.get(id=measure.id)


def events(measure: Measure) -> list[str]:
    entries = LedgerEntry.objects.filter(facts__measure=str(measure.id)).order_by("sequence")
    return [event for event in entries.values_list("event", flat=True)][3:]


def honest(liar: Liar) -> None:
    liar.state, liar.page = "removed", 410


def test_an_acknowledgement_verifies_nothing_and_a_test_does(stage: Stage, liar: Liar) -> None:
    measure = taken_down(stage, liar)
    assert (measure.state, measure.verified_at) == ("in_force", None)
    honest(liar)
    assert look(liar, NOW + SOON - timedelta(seconds=1)).tested == 0
    assert look(liar, NOW + SOON) == VerifyResult(tested=1, broken=0)
    assert fresh(measure).verified_at == NOW + SOON
    assert events(measure) == ["measure.verified"]
    assert fresh(measure).check_at == NOW + HOUR


def test_tests_go_on_while_it_is_in_force_and_the_ledger_is_told_once(
    stage: Stage, liar: Liar
) -> None:
    measure = taken_down(stage, liar)
    honest(liar)
    for wait in (SOON, HOUR, DAY, 7 * DAY, 30 * DAY, 60 * DAY):
        assert fresh(measure).check_at == NOW + wait
        look(liar, NOW + wait)
    assert MeasureCheck.objects.filter(measure=measure, what="artefact_state").count() == 6
    assert fresh(measure).verified_at == NOW + 60 * DAY
    assert events(measure) == ["measure.verified"]


def test_a_platform_that_lies_is_found_out_and_staff_alarmed(stage: Stage, liar: Liar) -> None:
    measure = taken_down(stage, liar)
    assert look(liar, NOW + SOON) == VerifyResult(tested=1, broken=1)
    found = fresh(measure)
    assert (found.verified_at, found.found_broken_at) == (None, NOW + SOON)
    assert list(alarms()) == [measure]
    entry = LedgerEntry.objects.get(event="measure.check_failed")
    assert entry.facts["broken"] == ["artefact_state", "public_url"]


def test_what_is_broken_is_tested_every_hour_and_alarmed_once(stage: Stage, liar: Liar) -> None:
    measure = taken_down(stage, liar)
    look(liar, NOW + SOON)
    for hours in range(1, 4):
        look(liar, NOW + hours * HOUR + 2 * SOON)
    assert events(measure) == ["measure.check_failed"]
    assert fresh(measure).found_broken_at == NOW + SOON
    assert MeasureCheck.objects.filter(measure=measure, what="public_url").count() == 4


def test_when_it_holds_again_that_is_recorded_and_the_alarm_ends(stage: Stage, liar: Liar) -> None:
    measure = taken_down(stage, liar)
    look(liar, NOW + SOON)
    honest(liar)
    look(liar, NOW + HOUR)
    found = fresh(measure)
    assert (found.verified_at, found.found_broken_at) == (NOW + HOUR, None)
    assert found.alarmed_at is None
    assert events(measure) == ["measure.check_failed", "measure.held_again"]


def test_an_outage_of_the_tests_says_nothing_and_is_made_up_for(stage: Stage, liar: Liar) -> None:
    measure = taken_down(stage, liar)
    liar.down = True
    assert look(liar, NOW + SOON) == VerifyResult(tested=1, broken=0)
    found = fresh(measure)
    assert (found.verified_at, found.found_broken_at, found.alarmed_at) == (None, None, None)
    assert found.check_at == NOW + SOON + timedelta(minutes=1)
    liar.down = False
    honest(liar)
    look(liar, NOW + 2 * timedelta(minutes=1))
    assert fresh(measure).verified_at is not None


def test_during_an_outage_a_run_gives_up_after_three_silent_rounds(
    stage: Stage, liar: Liar
) -> None:
    case = stage.case()
    for _ in range(5):
        stage.execute(stage.removal(case))
    liar.down = True
    assert look(liar, NOW + SOON).tested == 3


def test_a_silent_guard_keeps_no_takedown_waiting(stage: Stage, liar: Liar) -> None:
    for number in range(5):
        terms = {"terms": [{"text": f"Fox Spirit {number}", "language": "en"}]}
        stage.impose(stage.case(), Order("prompt_block", parameters=terms))
    for _ in range(2):
        stage.execute(stage.removal(stage.case()))
    honest(liar)
    mute = replace(liar.eyes(), guard=GuardProbe("http://127.0.0.1:1", "token"))
    assert verify(mute, lambda: NOW + SOON).tested == 3 + 2
    assert Measure.objects.filter(verified_at=NOW + SOON).count() == 2


def test_an_address_that_is_not_the_platform_s_is_no_outage(stage: Stage, liar: Liar) -> None:
    for _ in range(5):
        artefact = stage.artefact()
        Artefact.objects.filter(id=artefact.id).update(url="https://elsewhere.example/o/1")
        artefact.refresh_from_db()
        stage.execute(stage.impose(stage.case(), Order("content_removal", artefact=artefact))[0])
    honest(liar)
    assert look(liar, NOW + SOON).tested == 5
    assert not Measure.objects.exclude(verified_at=None).exists()


def test_after_a_lifting_one_test_shows_that_it_is_back(stage: Stage, liar: Liar) -> None:
    measure = taken_down(stage, liar)
    honest(liar)
    look(liar, NOW + SOON)
    stage.release(measure)
    assert fresh(measure).check_at is None
    stage.lift(measure, NOW + DAY)
    assert fresh(measure).verified_at is None
    liar.state, liar.page = "available", 200
    look(liar, NOW + DAY + SOON)
    found = fresh(measure)
    assert (found.state, found.verified_at) == ("lifted", NOW + DAY + SOON)
    assert found.check_at is None
    assert MeasureCheck.objects.filter(measure=measure, lifted=True, outcome="holds").count() == 2


def test_a_lifting_that_gave_nothing_back_is_ordered_again_until_it_is_back(
    stage: Stage, liar: Liar
) -> None:
    measure = taken_down(stage, liar)
    stage.release(measure)
    stage.lift(measure, NOW + DAY)
    honest(liar)
    look(liar, NOW + DAY + SOON)
    old = fresh(measure)
    assert old.found_broken_at is not None
    order_again(measure.id, user=stage.tara, now=NOW + DAY + HOUR)
    new = fresh(measure)
    assert (new.lift_key != old.lift_key, new.idempotency_key) == (True, old.idempotency_key)
    liar.obeys = True
    look(liar, NOW + DAY + HOUR)
    assert liar.keys == [str(new.lift_key)]
    look(liar, NOW + DAY + HOUR + SOON)
    assert fresh(measure).verified_at == NOW + DAY + HOUR + SOON


def test_it_is_ordered_again_under_a_new_key_and_only_a_test_verifies_it(
    stage: Stage, liar: Liar
) -> None:
    measure = taken_down(stage, liar)
    look(liar, NOW + SOON)
    order_again(measure.id, user=stage.eno, now=NOW + HOUR)
    again = fresh(measure)
    assert again.idempotency_key != measure.idempotency_key
    entry = LedgerEntry.objects.get(event="measure.ordered_again")
    assert entry.facts["old_key"] == str(measure.idempotency_key)
    assert entry.facts["new_key"] == str(again.idempotency_key)
    liar.obeys = True
    look(liar, NOW + HOUR)
    assert liar.keys == [str(again.idempotency_key)]
    assert fresh(measure).verified_at is None
    assert fresh(measure).acknowledgement["acknowledgement_id"] == "ack_1"
    look(liar, NOW + HOUR + SOON)
    assert fresh(measure).verified_at == NOW + HOUR + SOON
    assert events(measure)[-2:] == ["measure.acknowledged_again", "measure.held_again"]


def test_a_second_lie_raises_the_alarm_again(stage: Stage, liar: Liar) -> None:
    measure = taken_down(stage, liar)
    look(liar, NOW + SOON)
    order_again(measure.id, user=stage.tara, now=NOW + HOUR)
    assert not alarms().exists()
    look(liar, NOW + HOUR)
    look(liar, NOW + HOUR + SOON)
    assert list(alarms()) == [measure]


def test_a_new_order_waits_through_an_outage_under_its_one_new_key(
    stage: Stage, liar: Liar
) -> None:
    measure = taken_down(stage, liar)
    look(liar, NOW + SOON)
    order_again(measure.id, user=stage.tara, now=NOW + HOUR)
    liar.down = True
    look(liar, NOW + HOUR)
    assert fresh(measure).resend
    liar.down, liar.obeys = False, True
    look(liar, NOW + 2 * HOUR)
    assert len(liar.keys) == 1
    assert not fresh(measure).resend


def test_a_person_notes_why_a_finding_is_no_breach_and_it_does_not_verify(
    stage: Stage, liar: Liar
) -> None:
    measure = taken_down(stage, liar)
    look(liar, NOW + SOON)
    with pytest.raises(RedressError):
        explain(measure.id, "  ", user=stage.tara, now=NOW)
    with pytest.raises(Forbidden):
        explain(measure.id, "A cache.", user=stage.eno, now=NOW)
    explain(measure.id, "A licence came yesterday.", user=stage.tara, now=NOW + HOUR)
    look(liar, NOW + 2 * HOUR)
    found = fresh(measure)
    assert (found.verified_at, found.excused_at, found.alarmed_at) == (None, NOW + HOUR, None)
    assert found.found_broken_at is not None


def test_nobody_orders_again_what_no_test_found_broken(stage: Stage, liar: Liar) -> None:
    measure = taken_down(stage, liar)
    with pytest.raises(Conflict):
        order_again(measure.id, user=stage.tara, now=NOW)
    with pytest.raises(Forbidden):
        order_again(measure.id, user=stage.eve, now=NOW)


def test_two_workers_never_make_one_round_twice(stage: Stage, liar: Liar) -> None:
    measure = taken_down(stage, liar)
    first = open_next(now=NOW + SOON)
    assert first is not None
    assert open_next(now=NOW + SOON + timedelta(seconds=1)) is None
    second = open_next(now=NOW + SOON + LEASE)  # the first worker is taken for dead
    assert second is not None
    honest(liar)
    run(first, liar.eyes(), lambda: NOW + SOON + LEASE)
    assert not MeasureCheck.objects.exists()
    run(second, liar.eyes(), lambda: NOW + SOON + LEASE)
    run(second, liar.eyes(), lambda: NOW + SOON + LEASE)
    assert MeasureCheck.objects.filter(measure=measure).count() == 2


def test_what_was_found_of_a_measure_that_moved_on_is_dropped(stage: Stage, liar: Liar) -> None:
    measure = taken_down(stage, liar)
    opened = open_next(now=NOW + SOON)
    assert opened is not None
    stage.release(measure)
    run(opened, liar.eyes(), lambda: NOW + SOON)
    assert not MeasureCheck.objects.exists()
    assert not alarms().exists()


def test_the_database_takes_nobody_s_word_for_verified(stage: Stage, liar: Liar) -> None:
    measure = taken_down(stage, liar)
    with pytest.raises(IntegrityError, match="not verified by a test"), transaction.atomic():
        Measure.objects.filter(id=measure.id).update(verified_at=NOW)
    look(liar, NOW + SOON)
    with pytest.raises(IntegrityError, match="not verified by a test"), transaction.atomic():
        Measure.objects.filter(id=measure.id).update(verified_at=NOW + SOON, found_broken_at=None)


@pytest.mark.parametrize("act", ["update", "delete"])
def test_what_was_found_is_never_changed(stage: Stage, liar: Liar, act: str) -> None:
    taken_down(stage, liar)
    look(liar, NOW + SOON)
    rows = MeasureCheck.objects.all()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(outcome="holds") if act == "update" else rows.delete()


def test_the_facts_hold_nothing_of_the_people(stage: Stage, liar: Liar) -> None:
    stage.execute(stage.sanction(stage.case()))
    look(liar, NOW + SOON)
    assert "paul@" not in str(list(MeasureCheck.objects.values_list("facts", flat=True)))


def test_a_sanction_the_platform_did_not_carry_out_is_found_out(stage: Stage, liar: Liar) -> None:
    measure = stage.execute(stage.sanction(stage.case()))
    look(liar, NOW + SOON)
    assert fresh(measure).found_broken_at is not None
    liar.standing = "warned"
    look(liar, NOW + HOUR)
    assert fresh(measure).verified_at is not None


def test_whoever_ordered_and_every_approver_is_mailed_once(
    stage: Stage, liar: Liar, settings: LazySettings, tmp_path: Path
) -> None:
    settings.EMAIL_URL = tmp_path.as_uri()
    measure = taken_down(stage, liar)
    look(liar, NOW + SOON)
    assert broken_mail.tell(measure.id, now=NOW) == 2
    assert broken_mail.tell(measure.id, now=NOW) == 2  # the same mails again
    mails = [message_from_bytes(p.read_bytes(), policy=default) for p in tmp_path.rglob("*.eml")]
    assert {mail["To"].addresses[0].addr_spec for mail in mails} == {
        "tara@redress.example",
        "dan@redress.example",
    }
    assert len({mail["Message-ID"] for mail in mails}) == 2
    body = mails[0].get_body(("plain",))
    assert body is not None
    assert f"/measures/{measure.id}/" in body.get_content()
