"""A year of a calendar is loaded: checked, versioned, in the ledger, never changed."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from deadlines.calendars.registry import CN, calendar
from deadlines.errors import YearRefused
from deadlines.models import CalendarYear
from deadlines.services import loading
from deadlines.services.loading import calendar_chain
from deadlines.shelf import shelf
from evidence.models import LedgerEntry
from tests.deadlines.years import OPERATOR, load, notice

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)


def test_a_loaded_year_is_laid_over_the_shipped_ones() -> None:
    assert shelf()(CN).version == calendar(CN).version
    row = load(notice(make_up=["2027-01-09"]), NOW)

    prc = shelf()(CN)
    assert prc.last_year == 2027
    assert prc.day(date(2027, 1, 9)).works
    assert not prc.day(date(2027, 1, 1)).works
    assert prc.day(date(2026, 10, 10)).works  # as shipped
    assert row.sha256 == CalendarYear.objects.get().sha256
    assert shelf()("eu").version == calendar("eu").version


def test_loading_stands_in_the_ledger_of_the_calendar_with_its_hash() -> None:
    first = load(notice(), NOW)
    load(notice("2027.2", make_up=["2027-01-09"]), NOW)

    chain = calendar_chain(CN)
    entries = LedgerEntry.objects.filter(chain_kind=chain.kind, chain_id=chain.id)
    one, two = entries.order_by("sequence")
    assert one.event == "calendar.year_loaded"
    assert one.actor == f"staff:{OPERATOR}"
    assert one.facts["sha256"] == first.sha256
    assert one.facts["instead_of"] is None
    assert two.facts["instead_of"] == "2027.1"


def test_a_later_version_takes_the_place_of_the_earlier_which_is_kept() -> None:
    load(notice(), NOW)
    load(notice("2027.2", rest=[("2027-01-01", "2027-01-04")]), NOW)

    assert not shelf()(CN).day(date(2027, 1, 4)).works
    assert list(CalendarYear.objects.order_by("position").values_list("version", flat=True)) == [
        "2027.1",
        "2027.2",
    ]


def test_a_shipped_year_can_be_corrected() -> None:
    load(notice("2026.9", rest=[("2026-12-28", "2026-12-31")], year=2026), NOW)

    assert not shelf()(CN).day(date(2026, 12, 28)).works
    assert shelf()(CN).day(date(2026, 10, 1)).works  # its whole list was replaced


def test_one_small_query_asks_for_the_calendars_and_the_years_are_read_once() -> None:
    load(notice(), NOW)
    shelf()(CN)

    with CaptureQueriesContext(connection) as asked:
        calendars = shelf()
        for _again in range(100):
            calendars(CN)

    assert len(asked) == 1


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("year = ", "not valid TOML"),
        ("year = 2027\n", "a year needs"),
        (notice(make_up=["2027-01-11"]), "is a weekday"),
        (notice(rest=[("2026-11-30", "2026-11-30")]), "is not in 2027"),
        (notice(version="2026.1", year=2026, rest=[]), "Version 2026.1 of 2026 is there already"),
        (notice(year=2029, rest=[]), "load that first"),
        (notice(year=1, rest=[]), "load that first"),
        (notice(version="x" * 41), "from 1 to 40 characters"),
        (notice().replace("2027-01-01", '"2027-01-01"'), "cannot be read"),
        (notice().replace('{ en = "a holiday", zh-Hans = "假日" }', '"a holiday"'), "both"),
        (notice() + "\n[[make_up]]\ndate = 'x'\nname = {en='a', zh-Hans='b'}", "both languages"),
        (notice().replace("to = 2027-01-03", "to = 2027-01-03T00:00:00"), "cannot be read"),
        ("# " + "x" * 70_000, "too long"),
    ],
)
def test_what_is_no_year_is_refused_with_a_sentence(toml: str, said: str) -> None:
    with pytest.raises(YearRefused, match=said):
        loading.check(CN, toml)
    assert not CalendarYear.objects.exists()


def test_a_calendar_that_follows_from_a_rule_takes_no_years() -> None:
    with pytest.raises(YearRefused, match="follows from a rule"):
        loading.check("us-federal", notice())


def test_the_same_version_is_not_loaded_twice_even_when_both_were_checked_before() -> None:
    candidate = loading.check(CN, notice())
    loading.load(candidate, user_id=OPERATOR, now=NOW)

    with pytest.raises(YearRefused, match="is there already"):
        loading.load(candidate, user_id=OPERATOR, now=NOW)


@pytest.mark.parametrize("change", ["UPDATE {} SET toml = ''", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_database_keeps_loaded_years_as_they_are(change: str) -> None:
    load(notice(), NOW)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format("deadlines_calendaryear"))
    assert CalendarYear.objects.get().toml == notice()
