"""Data files: checked when read, replaced by an operator's year, honest where they end."""

from datetime import UTC, date, datetime
from itertools import chain

import pytest

from deadlines.calendars.arithmetic import add_calendar_days, add_working_days
from deadlines.calendars.due import Halt, add_hours, close
from deadlines.calendars.errors import BadCalendarData, BadPeriod, CalendarError, UnknownCalendar
from deadlines.calendars.explain import CATALOGUE, EN, ZH, explain
from deadlines.calendars.registry import CALENDAR_IDS, CN, EU, calendar, shipped_years
from deadlines.calendars.steps import Step, Stretch
from deadlines.calendars.year_file import parse_year

NOTICE_2027 = """
year = 2027
version = "2027.1"
confidence = "read"
source = { en = "Notice for 2027", zh-Hans = "2027年通知" }
[[rest]]
from = 2027-01-01
to = 2027-01-03
name = { en = "New Year's Day", zh-Hans = "元旦" }
[[make_up]]
date = 2027-01-09
name = { en = "make-up day", zh-Hans = "调休上班" }
"""


def test_the_prc_calendar_reaches_as_far_as_its_last_notice() -> None:
    prc = calendar(CN)
    assert prc.last_year == 2026
    assert sorted(shipped_years(CN)) == list(range(2015, 2027))
    assert all("国办发明电〔" in table.source["zh-Hans"] for table in shipped_years(CN).values())
    assert {table.confidence for table in shipped_years(CN).values()} == {"read"}


def test_the_eu_lists_say_how_sure_they_are() -> None:
    sure = {year: table.confidence for year, table in shipped_years(EU).items()}
    assert sorted(sure) == list(range(2015, 2028))
    assert {year for year, word in sure.items() if word == "read"} == {2023}
    assert {year for year, word in sure.items() if word == "high"} == {2017, 2020}


def test_beyond_the_data_a_date_is_provisional_and_says_so() -> None:
    reckoning = add_working_days(date(2026, 12, 18), 20, calendar(CN))
    assert reckoning.provisional
    due = close(reckoning, "Asia/Shanghai")
    assert due.provisional
    assert any("2027" in line and "Provisional" in line for line in explain(due.derivation, EN))
    assert any("暂定" in line for line in explain(due.derivation, ZH))


def test_an_operators_later_year_settles_a_provisional_date() -> None:
    with_2027 = calendar(CN, [parse_year(NOTICE_2027, "2027.toml")])
    reckoning = add_working_days(date(2026, 12, 18), 20, with_2027)
    assert not reckoning.provisional
    assert reckoning.last_day == date(2027, 1, 15)
    assert with_2027.last_year == 2027
    assert with_2027.version != calendar(CN).version
    assert with_2027.day(date(2027, 1, 9)).works


def test_a_notice_settles_the_last_days_of_the_year_before() -> None:
    prc = calendar(CN)
    assert prc.day(date(2018, 12, 29)).works
    assert not prc.day(date(2018, 12, 31)).works
    text = NOTICE_2027.replace("from = 2027-01-01", "from = 2026-12-31")
    assert not calendar(CN, [parse_year(text, "2027.toml")]).day(date(2026, 12, 31)).works
    both = calendar(CN).table(2018)
    assert both is not None
    assert "国办发明电〔2017〕12号" in both.source["zh-Hans"]
    assert "国办发明电〔2018〕15号" in both.source["zh-Hans"]


def test_a_year_laid_over_with_a_gap_before_it_leaves_the_gap_provisional() -> None:
    later = parse_year(NOTICE_2027.replace("2027", "2028").replace("-09", "-08"), "2028.toml")
    assert add_working_days(date(2026, 12, 1), 300, calendar(CN, [later])).provisional


def test_a_roll_over_several_rests_names_each_of_them_and_no_working_day() -> None:
    # Saturday 26 September 2020 rests; Sunday 27 September is worked.
    steps = add_calendar_days(date(2020, 9, 25), 1, calendar(CN)).steps
    names = [step.values["name"] for step in steps if step.code == "rolled"]
    assert names == [{"en": "weekend", "zh-Hans": "周休息日"}]
    steps = add_calendar_days(date(2024, 12, 20), 4, calendar(EU)).steps
    names = [step.values["name"] for step in steps if step.code == "rolled"]
    expected = "end-of-year days, New Year's Day, day after New Year's Day"
    assert [name["en"] for name in names if isinstance(name, dict)] == [expected]


def test_a_roll_that_goes_on_to_the_minimum_is_told_in_two_steps() -> None:
    lines = explain(add_calendar_days(date(2026, 9, 4), 2, calendar(EU)).steps, EN)
    assert any("Sun 6 Sep 2026 is a day of rest" in line and "Mon 7" in line for line in lines)
    assert any("two working days" in line and "to Tue 8 Sep 2026" in line for line in lines)


def test_inauguration_day_is_no_holiday_nationwide_and_new_year_may_fall_into_the_old_one() -> None:
    federal = calendar("us-federal")
    assert federal.day(date(2017, 1, 20)).works
    assert not federal.day(date(2021, 12, 31)).works
    assert federal.day(date(2020, 6, 19)).works
    assert not federal.day(date(2021, 6, 18)).works
    assert add_working_days(date(1985, 12, 2), 3, federal).provisional


def test_a_list_not_read_at_its_source_is_named_in_the_explanation() -> None:
    reckoning = add_calendar_days(date(2026, 9, 4), 5, calendar(EU))
    assert not reckoning.provisional
    assert "unconfirmed" in [step.code for step in reckoning.steps]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("date = 2027-01-09", "date = 2027-01-08", "weekday"),
        ("date = 2027-01-09", "date = 2027-01-03", "both"),
        ("to = 2027-01-03", "to = 2026-12-31", "not a stretch"),
        ("date = 2027-01-09", "date = 2028-01-09", "that year's file"),
        ('confidence = "read"', 'confidence = "sure"', "confidence must be"),
        ('zh-Hans = "元旦"', 'zh-Hans = ""', "needs both"),
        ("year = 2027", "", "year"),
        ("year = 2027", "year = ", "not valid TOML"),
    ],
)
def test_a_bad_year_is_refused_with_what_to_mend(old: str, new: str, complaint: str) -> None:
    with pytest.raises(BadCalendarData, match=complaint):
        parse_year(NOTICE_2027.replace(old, new), "2027.toml")


def test_an_unknown_calendar_names_the_known_ones() -> None:
    with pytest.raises(UnknownCalendar, match="us-federal"):
        calendar("mars")
    assert [calendar(key).id for key in CALENDAR_IDS] == list(CALENDAR_IDS)


def test_a_period_that_cannot_be_counted_is_refused() -> None:
    for length in (0, -1, 10**9):
        with pytest.raises(BadPeriod, match="from 1 to"):
            add_calendar_days(date(2026, 1, 1), length, calendar(CN))
    with pytest.raises(BadPeriod, match="no working days"):
        add_working_days(date(2026, 1, 1), 3, calendar("plain"))
    with pytest.raises(BadPeriod, match="HH:MM"):
        close(add_calendar_days(date(2026, 1, 1), 1, calendar(CN)), "UTC", "noon")
    with pytest.raises(BadPeriod, match="between 00:00 and 24:00"):
        close(add_calendar_days(date(2026, 1, 1), 1, calendar(CN)), "UTC", "24:01")
    with pytest.raises(BadPeriod, match="with its zone"):
        add_hours(datetime(2026, 1, 1), 3, "UTC")  # noqa: DTZ001 - the refusal is the point


def test_hours_are_elapsed_time_across_a_change_of_clocks() -> None:
    before = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
    due = add_hours(before, 24, "Europe/Brussels")
    assert due.due_at == datetime(2026, 3, 29, 12, 0, tzinfo=UTC)
    assert "14:00" in explain(due.derivation, EN)[-1]


def test_hours_stop_while_another_owes_an_answer() -> None:
    start = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
    halt = Halt(datetime(2026, 9, 1, 10, 0, tzinfo=UTC), datetime(2026, 9, 1, 13, 0, tzinfo=UTC))
    after = Halt(datetime(2026, 9, 9, tzinfo=UTC), datetime(2026, 9, 10, tzinfo=UTC))
    due = add_hours(start, 24, "Asia/Shanghai", [after, halt])
    assert due.due_at == datetime(2026, 9, 2, 11, 0, tzinfo=UTC)
    assert "180 minutes" in " ".join(explain(due.derivation, EN))


def test_an_hour_that_ends_at_midnight_belongs_to_the_day_before() -> None:
    due = add_hours(datetime(2026, 9, 1, 12, 0, tzinfo=UTC), 4, "Asia/Shanghai")
    assert due.last_day == date(2026, 9, 1)


def test_the_catalogue_says_the_same_things_in_both_languages() -> None:
    assert CATALOGUE[EN].keys() == CATALOGUE[ZH].keys()


def test_a_derivation_survives_being_stored_as_json() -> None:
    stretch = Stretch(date(2026, 9, 21), date(2026, 9, 23))
    due = close(add_working_days(date(2026, 9, 18), 20, calendar(CN), [stretch]), "Asia/Shanghai")
    stored = due.derivation_json()
    again = [Step.from_json(data) for data in stored]
    assert explain(again, ZH) == explain(due.derivation, "zh-hans")
    assert any("期间中止" in line for line in explain(again, ZH))


def test_a_derivation_stored_before_steps_said_more_still_reads_whole() -> None:
    stored: list[dict[str, str | int]] = [
        {"code": "calendar", "calendar": "eu", "version": "2027-abc", "last_year": 2027},
        {"code": "hours_run_from", "moment": "2026-09-01T08:00:00+00:00"},
        {"code": "reached", "date": "2026-09-01"},
        {"code": "ends", "date": "2026-09-01", "cutoff": "24:00", "zone": "UTC", "due_at": ""},
    ]
    steps = [Step.from_json(step) for step in stored]
    assert explain(steps, EN) == [
        "Counted by the EU calendar, data version 2027-abc, data up to 2027.",
        "Hours run from Tue 1 Sep 2026 08:00; elapsed time is counted, so a change of clocks neither adds nor takes an hour.",
        "The count ends on Tue 1 Sep 2026.",
        "The period ends on Tue 1 Sep 2026 at 24:00 (UTC); what arrives at that moment or later is too late.",
    ]
    assert not [line for line in explain(steps, ZH) if "（）" in line]


def test_every_line_of_an_explanation_is_filled_in() -> None:
    lines = chain.from_iterable(
        explain(
            close(add_calendar_days(date(2026, 9, 16), 15, calendar(key)), "UTC").derivation, tag
        )
        for key in CALENDAR_IDS
        for tag in (EN, ZH)
    )
    assert not [line for line in lines if "{" in line or "()" in line or "（）" in line]


def test_no_sentence_is_made_for_an_unknown_language_or_step() -> None:
    with pytest.raises(CalendarError, match="not in 'fr'"):
        explain([], "fr")
    with pytest.raises(CalendarError, match="catalogue"):
        explain([Step("sung", {})], EN)
