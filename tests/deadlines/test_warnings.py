from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deadlines.calendars.registry import calendar
from deadlines.services import Subject, sweep
from deadlines.services.reckoning import Facts, reckon
from deadlines.shelf import Shelf
from deadlines.states import State
from regimes.pack import Unit
from tests.deadlines.conftest import END, Handlers, clock
from tests.deadlines.steps import start_duty, start_period, stored

pytestmark = pytest.mark.django_db

SHANGHAI = ZoneInfo("Asia/Shanghai")
# A quarter of the time from 18 September 10:00 to 22 October 24:00 is left on 14 October at 08:30.
QUARTER_LEFT = datetime(2026, 10, 14, 9, tzinfo=SHANGHAI)
ONE_DAY_LEFT = datetime(2026, 10, 22, 9, tzinfo=SHANGHAI)


def test_the_owner_is_warned_at_a_quarter_left_and_at_one_working_day_left(
    handlers: Handlers, subject: Subject
) -> None:
    row = start_period(subject)
    assert stored(row).warn_at == QUARTER_LEFT

    assert sweep.run(QUARTER_LEFT).warned == 1
    assert stored(row).warned_at == QUARTER_LEFT
    assert stored(row).warn_at == ONE_DAY_LEFT
    assert sweep.run(QUARTER_LEFT + timedelta(days=1)).warned == 0
    assert sweep.run(ONE_DAY_LEFT).warned == 1

    assert len(handlers.warn.heard) == 2
    assert stored(row).state == State.RUNNING
    assert sweep.run(END).fired == 1


def test_nobody_is_warned_outside_working_hours(handlers: Handlers, subject: Subject) -> None:
    friday_evening = datetime(2026, 10, 23, 20, tzinfo=SHANGHAI)

    row = start_duty(subject, friday_evening)

    # 24 hours that end on Saturday evening: no working hour lies in their last quarter.
    assert stored(row).warn_at is None


def test_a_warning_that_fails_is_tried_again(handlers: Handlers, subject: Subject) -> None:
    row = start_period(subject)
    handlers.warn.error = RuntimeError()
    assert sweep.run(QUARTER_LEFT).failed == 1

    handlers.warn.error = None
    assert sweep.run(QUARTER_LEFT + timedelta(minutes=1)).warned == 1
    assert stored(row).warned_at is not None


def test_a_clock_nobody_looked_at_until_its_end_fires_without_a_belated_warning(
    handlers: Handlers, subject: Subject
) -> None:
    start_period(subject)

    assert sweep.run(END + timedelta(days=1)).fired == 1
    assert handlers.warn.heard == []


def test_warnings_fall_into_working_hours_even_when_a_quarter_ends_at_night(
    handlers: Handlers, subject: Subject
) -> None:
    row = start_duty(subject, datetime(2026, 10, 20, 2, tzinfo=UTC))  # Tuesday, 10 o'clock

    # A quarter is left on Wednesday at 04:00; working hours begin at 9 and the clock ends at 10.
    assert stored(row).warn_at == datetime(2026, 10, 21, 9, tzinfo=SHANGHAI)


def test_nobody_is_warned_on_a_holiday_even_about_plain_hours(
    handlers: Handlers, subject: Subject
) -> None:
    # 24 plain hours from the eve of National Day: all that is left of them is a holiday.
    row = start_duty(subject, datetime(2026, 9, 30, 10, tzinfo=SHANGHAI))

    assert stored(row).warn_at is None


@given(
    minutes=st.integers(0, 300 * 24 * 60),
    length=st.integers(1, 30),
    unit=st.sampled_from([Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.HOURS]),
    law=st.sampled_from(
        [("Asia/Shanghai", "cn"), ("America/New_York", "us-federal"), ("Europe/Brussels", "eu")]
    ),
    plain=st.booleans(),
)
@settings(max_examples=300)
def test_every_warning_lies_in_working_hours_of_a_working_day(
    minutes: int, length: int, unit: Unit, law: tuple[str, str], plain: bool
) -> None:
    zone, days = law
    counted = "plain" if plain and unit is not Unit.WORKING_DAYS else days
    begun = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    facts = Facts(replace(clock("x", length, unit, counted), zone=zone), begun)
    now, warnings = facts.triggered_at, 0
    while warn_at := reckon(facts, now, Shelf(0, None))["warn_at"]:
        local = warn_at.astimezone(ZoneInfo(zone))
        assert 9 <= local.hour < 18
        assert calendar(days).day(local.date()).works
        now, warnings = warn_at, warnings + 1
    assert warnings <= 2
