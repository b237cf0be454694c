"""The date calculator: a question in an address, an answer with its reasons."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from deadlines.models import Deadline
from tests.conftest import Cast
from tests.deadlines.years import load, notice

pytestmark = pytest.mark.django_db
PAGE = reverse("desk-clock-calculator")
WAIT = "cn-civil-code/cn.await_action.general"
ARRIVED = {"at": "2026-09-16 10:00", "zone": "Asia/Shanghai"}


@pytest.fixture
def eno(cast: Cast, client: Client, settings: object) -> Client:
    settings.STAFF_MFA_REQUIRED = False  # type: ignore[attr-defined]
    client.force_login(cast.eno)
    return client


def ask(client: Client, **question: str) -> tuple[int, str]:
    answer = client.get(PAGE, question)
    return answer.status_code, answer.content.decode()


def test_the_empty_page_asks(eno: Client) -> None:
    status, html = ask(eno)
    assert status == 200
    assert "There is a problem" not in html
    assert "The last day is" not in html


def test_the_clock_of_a_pack_is_told_in_the_laws_zone_and_in_ones_own(eno: Client) -> None:
    status, html = ask(eno, clock=WAIT, at="2026-09-16T03:00", zone="Europe/London")

    assert status == 200
    assert "The last day is Thu 8 Oct 2026" in html
    assert "(Asia/Shanghai)" in html
    assert "(Europe/London)" in html
    assert "17:00" in html  # 24:00 in Shanghai
    assert "National Day" in html
    assert not Deadline.objects.exists()


def test_a_bare_period_is_counted_by_its_calendar(eno: Client) -> None:
    status, html = ask(
        eno, calendar="cn", length="20", unit="working_days", at="2026-09-18", zone="Asia/Shanghai"
    )
    assert status == 200
    assert "The last day is Thu 22 Oct 2026" in html
    assert "make-up working day for National Day" in html


def test_pauses_and_extensions_count_and_the_cap_holds(eno: Client) -> None:
    pauses = "2026-09-21 10:00 to 2026-09-24 09:00"
    _status, html = ask(eno, clock=WAIT, pauses=pauses, extension="2", **ARRIVED)
    assert "Extended by 2 calendar days." in html
    assert "the clock was stopped" in html
    _status, html = ask(eno, clock=WAIT, extension="90", **ARRIVED)
    assert "The last day is Tue 20 Oct 2026" in html
    assert "Cut back from" in html


def test_beyond_the_data_the_answer_is_provisional_until_a_year_is_loaded(eno: Client) -> None:
    question = {"clock": WAIT, "at": "2026-12-22 10:00", "zone": "Asia/Shanghai"}
    _status, html = ask(eno, **question)
    assert "provisional" in html
    load(notice(rest=[("2027-01-01", "2027-01-07")]), datetime(2026, 12, 1, tzinfo=UTC))

    _status, html = ask(eno, **question)

    assert "The last day is Fri 8 Jan 2027" in html
    assert '<span class="badge waiting">' not in html


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ({"clock": WAIT}, "Enter the moment of the event."),
        ({"clock": WAIT, "at": "yesterday"}, "is no moment"),
        ({"clock": WAIT, "at": "0001-01-01"}, "is no moment"),
        ({"clock": WAIT, "at": "9999-12-31 23:59"}, "is no moment"),
        ({"clock": WAIT, "at": "2026-02-30"}, "is no moment"),
        ({"at": "2026-09-18"}, "Choose a clock, or give a length"),
        ({"at": "2026-09-18", "length": "0"}, "greater than or equal to 1"),
        ({"at": "2026-09-18", "length": "999999999"}, "less than or equal to"),
        ({"at": "2026-09-18", "length": "3", "calendar": "mars"}, "mars"),
        ({"at": "2026-09-18", "length": "3", "zone": "Mars/Olympus"}, "Mars/Olympus"),
        ({"at": "2026-09-18", "length": "3", "calendar": "plain"}, "knows no working days"),
        ({"clock": "no/such", "at": "2026-09-18"}, "no/such"),
        ({"clock": WAIT, "at": "2026-09-18", "pauses": "a while"}, "is no pause"),
        (
            {"clock": WAIT, "at": "2026-09-18", "pauses": "2026-09-21 to 2026-09-20"},
            "A pause ends after it began",
        ),
        (
            {"clock": "cn-civil-code/cn.sue_after_presuit", "at": "2026-09-18", "extension": "3"},
            "cannot be extended",
        ),
        ({"x": "y"}, "Enter the moment of the event."),
    ],
)
def test_a_question_that_makes_no_sense_is_told_why(
    eno: Client, question: dict[str, str], said: str
) -> None:
    status, html = ask(eno, **question)
    assert status == 422
    assert said in html
