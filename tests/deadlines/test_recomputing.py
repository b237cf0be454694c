"""Calendar data arrive: open clocks are computed anew, the change is explained, people are told once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from common.actors import WORKER
from deadlines import selectors
from deadlines.models import Deadline, YearApplied
from deadlines.rules import ON_THE_WAY
from deadlines.services import Subject, pause, recomputing, resume, stop, sweep
from deadlines.services.loading import check
from deadlines.services.previewing import preview
from deadlines.states import State
from deadlines.tasks import apply_years, sweep_deadlines
from evidence.models import LedgerEntry
from tests.database import Clock
from tests.deadlines.conftest import PERIOD, Handlers, fresh_subject
from tests.deadlines.steps import events, start_period, stored
from tests.deadlines.years import load, notice

pytestmark = pytest.mark.django_db

BEGUN = datetime(2026, 12, 18, 2, tzinfo=UTC)  # 20 working days reach into 2027
LOADED = datetime(2026, 12, 21, 2, tzinfo=UTC)
WITHOUT_DATA = date(2027, 1, 15)  # Monday to Friday assumed
WITH_DATA = date(2027, 1, 19)  # 1 January and the 4th at rest
TWO_MORE = notice(rest=[("2027-01-01", "2027-01-04")])


def midnight(day: date) -> datetime:
    """24:00 of this day in Shanghai."""
    return datetime(day.year, day.month, day.day, 16, tzinfo=UTC)


def test_a_provisional_date_is_computed_anew_explained_and_told(
    handlers: Handlers, subject: Subject
) -> None:
    row = start_period(subject, BEGUN)
    assert (row.last_day, row.provisional) == (WITHOUT_DATA, True)
    year = load(TWO_MORE, LOADED)

    assert recomputing.run(LOADED).done == 1

    row = stored(row)
    assert (row.last_day, row.due_at, row.provisional) == (WITH_DATA, midnight(WITH_DATA), False)
    assert row.years_seen == year.position
    assert [change.before for change in handlers.changes] == [midnight(WITHOUT_DATA)]
    assert selectors.explain(row)[-1] == (
        "Computed again when the days of rest of 2027 (version 2027.1) were loaded into the PRC "
        "working-day calendar: the last day moved from Fri 15 Jan 2027 to Tue 19 Jan 2027."
    )
    assert events(row) == ["deadline.started", "deadline.recomputed"]
    facts = LedgerEntry.objects.get(event="deadline.recomputed").facts
    assert facts["sha256"] == year.sha256
    assert facts["due_before"] == midnight(WITHOUT_DATA).isoformat()
    assert facts["last_day"] == "2027-01-19"


def test_computing_anew_twice_changes_and_tells_nothing_more(
    handlers: Handlers, subject: Subject
) -> None:
    row = start_period(subject, BEGUN)
    load(TWO_MORE, LOADED)
    recomputing.run(LOADED)
    once = Deadline.objects.filter(pk=row.pk).values().get()

    assert recomputing.run(LOADED).done == 0

    assert Deadline.objects.filter(pk=row.pk).values().get() == once
    assert len(handlers.changes) == 1
    assert events(row).count("deadline.recomputed") == 1


def test_a_date_that_becomes_certain_without_moving_is_recorded_and_nobody_is_told(
    handlers: Handlers, subject: Subject
) -> None:
    row = start_period(subject, BEGUN)
    load(notice(rest=[("2027-01-02", "2027-01-03")]), LOADED)

    recomputing.run(LOADED)

    assert (stored(row).last_day, stored(row).provisional) == (WITHOUT_DATA, False)
    assert "the last day stays Fri 15 Jan 2027" in selectors.explain(stored(row))[-1]
    assert "deadline.recomputed" in events(row)
    assert handlers.changes == []


def test_a_clock_that_counts_over_no_day_of_the_year_is_left_alone(
    handlers: Handlers, subject: Subject
) -> None:
    row = start_period(subject)  # ends in October 2026
    load(TWO_MORE, row.triggered_at)

    assert recomputing.run(row.triggered_at).done == 0
    assert stored(row).years_seen == 0


def test_a_correction_moves_dates_that_were_certain(handlers: Handlers, subject: Subject) -> None:
    load(TWO_MORE, LOADED)
    row = start_period(subject, LOADED)
    assert not row.provisional
    load(notice("2027.2", rest=[("2027-01-01", "2027-01-05")]), LOADED)

    recomputing.run(LOADED)

    assert stored(row).last_day == row.last_day + timedelta(days=1)
    assert "version 2027.2" in selectors.explain(stored(row))[-1]


def test_what_is_over_or_has_come_to_its_end_is_never_touched(handlers: Handlers) -> None:
    fired, stopped, due = (start_period(fresh_subject(), BEGUN) for _each in range(3))
    late = midnight(WITHOUT_DATA) + timedelta(minutes=1)
    stop(PERIOD, stopped.subject_id, LOADED, WORKER, reason="withdrawn")
    Deadline.objects.filter(pk=due.pk).update(try_after=late + timedelta(hours=1))
    assert sweep.run(late).fired == 1
    before = list(Deadline.objects.order_by("id").values())

    load(TWO_MORE, late)
    assert recomputing.run(late).done == 0

    assert list(Deadline.objects.order_by("id").values()) == before
    assert stored(fired).state == State.FIRED
    assert stored(due).due_at == midnight(WITHOUT_DATA)


def test_a_date_that_lies_behind_us_by_the_new_data_ends_when_it_is_told_and_not_before(
    handlers: Handlers, subject: Subject
) -> None:
    row = start_period(subject, BEGUN)
    # Two Saturdays worked: by these data the period ended on Wednesday 13 January.
    noon = datetime(2027, 1, 15, 4, tzinfo=UTC)
    load(notice(rest=[], make_up=["2027-01-02", "2027-01-09"]), noon)

    recomputing.run(noon)

    assert (stored(row).due_at, stored(row).state) == (noon, State.RUNNING)
    assert stored(row).last_day == date(2027, 1, 15)
    assert [due.due_at for due, _change in handlers.moved] == [noon]
    moved, overtaken = selectors.explain(stored(row))[-2:]
    assert "to Wed 13 Jan 2027" in moved
    assert "It ends at Fri 15 Jan 2027 12:00, when it became known" in overtaken
    assert handlers.fire.heard == []
    assert sweep.run(noon).fired == 1
    assert [due.due_at for due in handlers.fire.heard] == [noon]


def test_a_busy_case_is_left_for_the_next_sweep_and_an_error_blocks_nobody(
    handlers: Handlers, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [start_period(fresh_subject(), BEGUN) for _each in range(3)]
    bad = sorted(rows, key=lambda row: row.pk)[0]
    tell = handlers.changes

    def broken(row: Deadline, *others: object) -> None:
        if row.pk == bad.pk:
            raise RuntimeError("a letter could not be written")
        tell.append(others[0])  # type: ignore[arg-type]

    load(TWO_MORE, LOADED)
    with monkeypatch.context() as patch:
        patch.setattr(recomputing, "tell_moved", broken)
        assert recomputing.run(LOADED) == recomputing.Applied(done=2, left=1)
    assert stored(bad).last_day == WITHOUT_DATA
    assert stored(bad).alarmed_at == LOADED
    assert "deadline.stuck" in events(bad)

    assert recomputing.run(LOADED) == recomputing.Applied(done=1)
    assert stored(bad).last_day == WITH_DATA
    assert stored(bad).alarmed_at is None


def test_one_that_is_killed_half_way_leaves_the_rest_to_the_next(
    handlers: Handlers, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [start_period(fresh_subject(), BEGUN) for _each in range(4)]
    load(TWO_MORE, LOADED)
    real, done = recomputing._attempt, []

    def attempt(*arguments: object) -> bool:
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(arguments)
        return real(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(recomputing, "_attempt", attempt)
        with pytest.raises(KeyboardInterrupt):
            recomputing.run(LOADED)
    assert sum(stored(row).last_day == WITH_DATA for row in rows) == 2

    assert recomputing.run(LOADED).done == 2
    assert all(stored(row).last_day == WITH_DATA for row in rows)
    assert len(handlers.changes) == 4


def test_a_year_is_marked_as_applied_when_nothing_is_left_and_then_costs_one_query(
    handlers: Handlers, subject: Subject, django_assert_num_queries: object
) -> None:
    start_period(subject, BEGUN)
    load(TWO_MORE, LOADED)
    recomputing.run(LOADED)
    assert not YearApplied.objects.exists()  # a clock may be starting at this very moment

    recomputing.run(LOADED + recomputing.SETTLED)

    assert YearApplied.objects.count() == 1
    with django_assert_num_queries(1):  # type: ignore[operator]
        recomputing.run(LOADED + recomputing.SETTLED)


def test_a_paused_clock_is_computed_anew_and_resumes_by_the_new_data(
    handlers: Handlers, subject: Subject
) -> None:
    row = start_period(subject, BEGUN)
    pause(PERIOD, subject.subject_id, LOADED, WORKER)
    load(TWO_MORE, LOADED)
    recomputing.run(LOADED)
    assert stored(row).last_day == WITH_DATA

    resume(PERIOD, subject.subject_id, LOADED + timedelta(days=2), WORKER)

    assert stored(row).last_day == WITH_DATA + timedelta(days=2)
    assert any("were loaded into" in line for line in selectors.explain(stored(row)))


def test_the_preview_tells_what_would_move_and_changes_nothing(handlers: Handlers) -> None:
    rows = [start_period(fresh_subject(), BEGUN) for _each in range(3)]
    start_period(fresh_subject(), datetime(2026, 9, 18, 2, tzinfo=UTC))

    found = preview(check("cn", TWO_MORE), LOADED)

    assert (found.looked_at, found.moving, found.certain, found.more) == (3, 3, 3, False)
    assert {move.row.pk for move in found.moves} == {row.pk for row in rows}
    assert {move.last_day for move in found.moves} == {WITH_DATA}
    assert all(stored(row).last_day == WITHOUT_DATA for row in rows)


def test_no_clock_fires_by_a_date_that_was_known_to_be_wrong(
    handlers: Handlers, subject: Subject, clock: Clock
) -> None:
    """Data arrived in time, the worker was down over the old end: its first sweep goes by the new one."""
    row = start_period(subject, BEGUN)
    load(TWO_MORE, LOADED)
    clock.set(midnight(WITHOUT_DATA) + timedelta(hours=1))

    assert sweep_deadlines()["fired"] == 0
    assert stored(row).last_day == WITH_DATA

    clock.set(midnight(WITH_DATA) + ON_THE_WAY)
    assert sweep_deadlines()["fired"] == 1


def test_before_a_sweep_only_what_is_about_to_end_is_computed_anew(
    handlers: Handlers, subject: Subject, clock: Clock
) -> None:
    row = start_period(subject, BEGUN)
    load(TWO_MORE, LOADED)
    clock.set(LOADED)

    sweep_deadlines()

    assert stored(row).last_day == WITHOUT_DATA
    assert apply_years()["done"] == 1
