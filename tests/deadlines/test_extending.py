"""More time for a documented reason, never past the cap; and every way to a date leads to the same one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.actors import WORKER, staff
from common.errors import RedressError
from deadlines import selectors
from deadlines.compute import compute
from deadlines.errors import ExtensionRefused, NotPossibleNow, PeriodOver
from deadlines.models import Deadline, Extension
from deadlines.services import Grant, Subject, extend, pause, recomputing, resume, stop, sweep
from deadlines.services.extending import room_left
from deadlines.services.reckoning import halts
from deadlines.shelf import shelf
from deadlines.terms import thaw
from evidence.files import seal_own
from evidence.models import LedgerEntry, LedgerPayload
from regimes.loader import load as load_pack
from regimes.pack import Unit
from regimes.questions import waiting_clock
from tests.deadlines.conftest import (
    ARRIVED,
    END,
    FIFTEEN_DAYS,
    PERIOD,
    Handlers,
    clock,
    fresh_subject,
)
from tests.deadlines.steps import events, start_period, stored
from tests.deadlines.years import OPERATOR, load, notice

pytestmark = pytest.mark.django_db
LEA = staff(OPERATOR)
REASON = Grant(3, "The notary in Lyon needs until Friday.")
OPEN_ENDED = replace(clock("cn.house.cure", 5, Unit.WORKING_DAYS), extendable=True)
HOUSE = waiting_clock(load_pack("cn-civil-code"))
MONDAY = datetime(2026, 9, 21, 2, tzinfo=UTC)


def granted(subject: Subject, grant: Grant = REASON, at: datetime = MONDAY) -> Deadline:
    return extend(PERIOD, subject.subject_id, grant, actor=LEA, now=at)


def test_more_time_moves_the_end_and_explains_itself(handlers: Handlers, subject: Subject) -> None:
    row = start_period(subject, clock=OPEN_ENDED)
    assert row.last_day == date(2026, 9, 24)

    row = granted(subject)

    assert stored(row).last_day == date(2026, 9, 30)  # Mid-Autumn on the 25th to 27th
    assert stored(row).extension == 3
    assert [change.before for change in handlers.changes] == [datetime(2026, 9, 24, 16, tzinfo=UTC)]
    lines = selectors.explain(stored(row))
    assert lines[2] == "Extended by 3 working days."
    assert lines[-1] == (
        "On Mon 21 Sep 2026 10:00 3 working days were granted on top: the last day moved from "
        "Thu 24 Sep 2026 to Wed 30 Sep 2026."
    )
    assert events(row)[-1] == "deadline.extended"


def test_the_reason_and_the_paper_are_kept(handlers: Handlers, subject: Subject) -> None:
    start_period(subject, clock=OPEN_ENDED)
    with transaction.atomic():
        paper = seal_own(b"%PDF", name="notary.pdf", kind="application/pdf", at=MONDAY)

    row = granted(subject, Grant(2, REASON.reason, paper.id))
    granted(subject)

    entry = LedgerEntry.objects.filter(event="deadline.extended").order_by("sequence")[0]
    assert entry.facts["paper"] == paper.sha256
    assert (entry.facts["length"], entry.facts["total"]) == (2, 2)
    assert entry.actor == LEA.key
    assert "notary" not in str(entry.facts)
    assert bytes(LedgerPayload.objects.get(entry=entry).body or b"").decode() == REASON.reason
    first, second = selectors.extensions_of(row)
    assert (first.paper_id, first.reason, second.length) == (paper.id, REASON.reason, 3)
    assert stored(row).extension == 5


def test_the_waiting_period_never_passes_the_cap_of_the_law(
    handlers: Handlers, subject: Subject
) -> None:
    assert HOUSE is not None
    row = start_period(subject, datetime(2026, 9, 16, 2, tzinfo=UTC), HOUSE)
    assert row.last_day == date(2026, 10, 8)
    # 20 working days from arrival on 16 September end on 20 October.
    most = room_left(row)
    assert most == 19

    with pytest.raises(ExtensionRefused) as refused:
        granted(subject, Grant(most + 1, "Notarisation abroad."))
    assert "20 working days at most" in refused.value.message
    assert "2020" in refused.value.message
    assert "Tue 20 Oct 2026" in refused.value.message
    with override("zh-hans"), pytest.raises(ExtensionRefused, match="2026年10月20日"):
        granted(subject, Grant(most + 1, "域外公证认证。"))
    assert stored(row).extension == 0

    assert granted(subject, Grant(most, "Notarisation abroad.")).last_day == date(2026, 10, 20)
    assert room_left(stored(row)) == 0


def test_more_time_needs_a_reason_and_a_clock_that_may_be_extended(
    handlers: Handlers, subject: Subject
) -> None:
    row = start_period(subject, clock=FIFTEEN_DAYS)
    with pytest.raises(ExtensionRefused, match="does not let this clock be extended"):
        granted(subject)
    assert room_left(row) == 0
    other = fresh_subject()
    start_period(other, clock=OPEN_ENDED)
    for bad in (Grant(3, "  "), Grant(0, "why"), Grant(-1, "why"), Grant(10**9, "why")):
        with pytest.raises(ExtensionRefused):
            granted(other, bad)
    assert not Extension.objects.exists()


def test_what_has_ended_is_not_extended(handlers: Handlers, subject: Subject) -> None:
    row = start_period(subject, clock=OPEN_ENDED)
    with pytest.raises(PeriodOver):
        granted(subject, at=row.due_at)
    stop(PERIOD, subject.subject_id, MONDAY, WORKER, reason="withdrawn")
    with pytest.raises(RedressError):
        granted(subject)
    other = fresh_subject()
    late = start_period(other, clock=OPEN_ENDED)
    Deadline.objects.filter(pk=late.pk).update(state="breached")
    with pytest.raises(NotPossibleNow):
        granted(other)


def test_an_extended_period_fires_at_its_new_end_and_not_at_the_old(
    handlers: Handlers, subject: Subject
) -> None:
    row = start_period(subject, clock=OPEN_ENDED)
    old = row.due_at
    row = granted(subject)

    assert sweep.run(old).fired == 0
    assert sweep.run(row.due_at).fired == 1


TWO_WEEKS = replace(OPEN_ENDED, length=60)
STEPS = st.lists(st.sampled_from(["pause", "extend", "load"]), min_size=1, max_size=6)


@given(steps=STEPS, days=st.integers(1, 9), more=st.integers(1, 15))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pausing_extending_and_loading_in_any_order_lead_to_the_one_date(
    handlers: Handlers, steps: list[str], days: int, more: int
) -> None:
    with transaction.atomic():
        subject = fresh_subject()
        row = start_period(subject, datetime(2026, 11, 2, 2, tzinfo=UTC), TWO_WEEKS)
        at, version = row.triggered_at, 0
        for step in steps:
            at += timedelta(days=1)
            if step == "pause":
                pause(PERIOD, subject.subject_id, at, WORKER)
                at += timedelta(days=days)
                resume(PERIOD, subject.subject_id, at, WORKER)
            elif step == "extend":
                granted(subject, Grant(more, "why"), at)
            else:
                version += 1
                rest = [("2027-01-01", f"2027-01-{3 + version:02d}")]
                load(notice(f"v{version}", rest=rest), at)
                recomputing.run(at)
        row = stored(row)
        fresh = compute(
            thaw(row.clock), row.triggered_at, halts(row), steps.count("extend") * more, shelf()
        )
        assert (row.due_at, row.last_day) == (fresh.due_at, fresh.last_day)
        assert row.provisional == fresh.provisional
        assert len(row.pauses) == steps.count("pause")
        counted = [s for s in row.derivation if s["code"] in ("prolonged", "granted")]
        assert len(counted) == steps.count("extend")
        transaction.set_rollback(True)


@given(length=st.integers(1, 40), begun=st.integers(0, 700))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_extension_ever_passes_the_cap(handlers: Handlers, length: int, begun: int) -> None:
    assert HOUSE is not None
    with transaction.atomic():
        subject = fresh_subject()
        row = start_period(subject, ARRIVED - timedelta(days=begun), HOUSE)
        cap = compute(replace(HOUSE, length=20, unit=Unit.WORKING_DAYS, cap=None), row.triggered_at)
        most = room_left(row)
        try:
            after = granted(subject, Grant(length, "why"), row.triggered_at).due_at
        except ExtensionRefused:
            assert most is not None
            assert length > most
            after = row.due_at
        assert after <= cap.due_at
        transaction.set_rollback(True)


def test_the_end_of_the_stage_is_what_the_law_says() -> None:
    assert compute(clock("x", 20, Unit.WORKING_DAYS), ARRIVED).due_at == END
