"""Calendars at the desk: seen by staff, loaded by few, never before somebody saw what it changes."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from counternotices.rules import WAIT
from counternotices.services import arrivals
from deadlines.models import CalendarYear, Deadline
from deadlines.services import recomputing
from evidence.models import LedgerEntry
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import Stage
from tests.database import Clock
from tests.deadlines.years import notice
from tests.people import create_person
from users.models import User

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 23, 2, tzinfo=UTC)
PAGE, PREVIEW, LOAD = (
    reverse(name) for name in ("desk-calendars", "desk-calendar-preview", "desk-calendar-load")
)
LONG = notice(rest=[("2027-01-01", "2027-01-07")])
BY_LINES = {
    "way": "lines",
    "lines-calendar": "cn",
    "lines-year": "2027",
    "lines-version": "2027.1",
    "lines-source_en": 'Notice "7"',
    "lines-source_zh": "通知",
    "lines-confidence": "read",
    "lines-rest": "2027-01-01 to 2027-01-03; New Year's Day; 元旦\n\n2027-05-01；Labour Day；劳动节",
    "lines-make_up": "2027-01-09; make-up; 调休上班",
}


@pytest.fixture(autouse=True)
def now(clock: Clock, settings: object) -> None:
    clock.set(NOW)
    settings.STAFF_MFA_REQUIRED = False  # type: ignore[attr-defined]


@pytest.fixture
def ada(db: None) -> User:
    return create_person("ada@redress.example", "Ada", ["administrator"])


def waiting(stage: Stage) -> Deadline:
    case = stage.upheld()
    stage.deliver(stage.forwarded(case), datetime(2026, 12, 22, 2, tzinfo=UTC))
    arrivals.sweep(NOW)
    return Deadline.objects.get(case_id=case.id, kind=WAIT)


def signed_in(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def by_text(toml: str) -> dict[str, str]:
    return {"way": "text", "text-calendar": "cn", "text-toml": toml}


def test_the_page_tells_how_far_each_calendar_reaches(client: Client, stage: Stage) -> None:
    html = signed_in(client, stage.eno).get(PAGE).content.decode()

    assert "PRC working-day calendar" in html
    assert "Data up to 2026" in html
    assert "国办发明电〔2025〕7号" in html
    assert "copied from the notice itself" in html
    assert "By rule, for every year" in html
    assert "See what it changes" not in html


def test_a_year_is_looked_at_first_and_then_put_in_force(
    client: Client, stage: Stage, ada: User
) -> None:
    row = waiting(stage)
    signed_in(client, stage.lea)

    seen = client.post(PREVIEW, by_text(LONG)).content.decode()

    assert "1 open clock would move" in seen
    assert "Wed 6 Jan 2027" in seen
    assert "Fri 8 Jan 2027" in seen
    assert not CalendarYear.objects.exists()
    form = {"calendar": "cn", "toml": LONG.replace("\n", "\r\n")}  # as browsers send it
    assert client.post(LOAD, form).status_code == 302
    recomputing.run(NOW)

    assert Deadline.objects.get(id=row.id).last_day.isoformat() == "2027-01-08"
    year = CalendarYear.objects.get()
    assert (year.toml, year.loaded_by) == (LONG, stage.lea.id)
    entry = LedgerEntry.objects.get(event="calendar.year_loaded")
    assert entry.actor == f"staff:{stage.lea.id}"
    html = client.get(PAGE).content.decode()
    assert "Data up to 2027" in html
    assert year.sha256[:12] in html
    assert "Lea" in html


def test_an_administrator_sees_what_moves_but_no_case(
    client: Client, stage: Stage, ada: User
) -> None:
    row = waiting(stage)
    reference = stage.upheld().reference
    seen = signed_in(client, ada).post(PREVIEW, by_text(LONG)).content.decode()

    assert "1 open clock would move" in seen
    assert str(row.id) not in seen
    assert reference[:7] not in seen
    assert client.post(LOAD, {"calendar": "cn", "toml": LONG}).status_code == 302
    assert client.get(PAGE).status_code == 200


def test_a_file_is_read_with_or_without_a_mark_of_its_encoding(
    client: Client, stage: Stage
) -> None:
    signed_in(client, stage.lea)
    for prefix in (b"", b"\xef\xbb\xbf"):
        file = SimpleUploadedFile("2027.toml", prefix + LONG.encode())
        given = {"way": "text", "text-calendar": "cn", "text-file": file}
        assert client.post(PREVIEW, given).status_code == 200
    for bad in (b"\xff\xfe\x00", b"x" * 70_000):
        file = SimpleUploadedFile("2027.toml", bad)
        given = {"way": "text", "text-calendar": "cn", "text-file": file}
        assert client.post(PREVIEW, given).status_code == 422


def test_a_year_copied_line_by_line_is_the_same_as_a_file(client: Client, stage: Stage) -> None:
    seen = signed_in(client, stage.lea).post(PREVIEW, BY_LINES)

    assert seen.status_code == 200
    toml = seen.context["candidate"].toml
    assert client.post(LOAD, {"calendar": "cn", "toml": toml}).status_code == 302
    year = CalendarYear.objects.get()
    assert year.source == {"en": 'Notice "7"', "zh-Hans": "通知"}
    assert "from = 2027-05-01" in year.toml
    assert "date = 2027-01-09" in year.toml


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("rest", "2027-01-01 New Year", "Line 1 cannot be read"),
        ("rest", "2027-02-30; a; b", "cannot be read"),
        ("make_up", "\n2027-01-09", "Line 2 cannot be read"),
        ("make_up", "2027-01-11; a; b", "is a weekday"),
        ("rest", "2026-11-30 to 2026-11-30; a; b", "is not in 2027"),
        ("year", "2029", "is not in 2029"),
        ("version", "", "required"),
    ],
)
def test_a_mistake_in_a_line_is_told_and_nothing_typed_is_lost(
    client: Client, stage: Stage, field: str, value: str, said: str
) -> None:
    given = {**BY_LINES, f"lines-{field}": value}

    answer = signed_in(client, stage.lea).post(PREVIEW, given)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert said in html
    assert "通知" in html
    assert not CalendarYear.objects.exists()


def test_what_was_loaded_by_another_meanwhile_is_told_and_the_text_is_kept(
    client: Client, stage: Stage
) -> None:
    signed_in(client, stage.lea)
    client.post(LOAD, {"calendar": "cn", "toml": LONG})

    again = client.post(LOAD, {"calendar": "cn", "toml": LONG})

    assert again.status_code == 422
    assert "Version 2027.1 of 2027 is there already" in again.content.decode()
    assert "from = 2027-01-01" in again.content.decode()
    assert client.post(LOAD, {"calendar": "x", "toml": ""}).status_code == 302
    assert client.post(LOAD, {}, follow=True).status_code == 200
    assert CalendarYear.objects.count() == 1


def test_who_may_not_load_is_refused(client: Client, stage: Stage) -> None:
    for person in (stage.tara, stage.dan, stage.eno):
        signed_in(client, person)
        assert client.post(PREVIEW, by_text(LONG)).status_code == 403
        assert client.post(LOAD, {"calendar": "cn", "toml": LONG}).status_code == 403
    assert not CalendarYear.objects.exists()
