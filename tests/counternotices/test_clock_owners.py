"""Every clock has an owner who is warned in working hours; who holds nothing is not written to."""

from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import LazySettings

from common.actors import staff
from counternotices.rules import REVIEW, WAIT
from counternotices.services import arrivals
from deadlines.calendars.registry import calendar
from deadlines.models import Deadline
from deadlines.services import meet, sweep
from deadlines.states import State
from evidence.models import LedgerEntry
from notices.models import Case
from notices.rules import ACKNOWLEDGE, DECIDE
from notices.services.claims import claim, release
from notices.services.warning import mail_warning
from tests.counternotices.stage import FILED, Stage

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def mail(settings: LazySettings, tmp_path: Path) -> Path:
    settings.EMAIL_URL = (tmp_path / "mail").as_uri()
    return tmp_path / "mail"


def mails(folder: Path) -> list[EmailMessage]:
    parser = BytesParser(policy=policy.default)
    return [parser.parsebytes(file.read_bytes()) for file in folder.glob("*.eml")]  # type: ignore[misc]


def owner(case: Case, kind: str) -> object:
    return Deadline.objects.get(case_id=case.id, kind=kind).owner_id


def test_our_clocks_belong_to_whoever_holds_the_case(stage: Stage) -> None:
    case = stage.filed()
    assert (owner(case, DECIDE), owner(case, ACKNOWLEDGE)) == (None, None)

    claim(case.id, user=stage.tara, now=FILED)
    assert (owner(case, DECIDE), owner(case, ACKNOWLEDGE)) == (stage.tara.id, stage.tara.id)

    release(case.id, user=stage.tara, now=FILED)
    assert owner(case, DECIDE) is None


def test_the_review_of_a_counter_notice_is_not_handed_to_whoever_decided(stage: Stage) -> None:
    case = stage.upheld()
    stage.contest(case)
    assert owner(case, REVIEW) is None


def test_the_owner_is_warned_by_mail_in_working_hours_and_told_of_the_breach(
    stage: Stage, mail: Path
) -> None:
    case = stage.filed()
    claim(case.id, user=stage.tara, now=FILED)
    row = Deadline.objects.get(case_id=case.id, kind=DECIDE)
    assert row.warn_at is not None
    local = row.warn_at.astimezone(SHANGHAI)
    assert 9 <= local.hour < 18
    assert calendar("cn").day(local.date()).works

    sweep.run(row.warn_at)
    assert mail_warning(row.id, now=row.warn_at)
    assert mail_warning(row.id, now=row.warn_at)  # sent twice it is the same mail

    [one] = mails(mail)
    assert one["To"] == f"Tara <{stage.tara.email}>"
    assert case.reference in one["Subject"]
    body = one.get_body(("plain",))
    assert body is not None
    assert f"/desk/case/{case.reference}/" in body.get_content()

    late = row.due_at + timedelta(minutes=1)
    sweep.run(late)
    assert mail_warning(row.id, now=late)
    assert any("ran out" in one["Subject"] for one in mails(mail))


def test_without_an_owner_nobody_is_mailed(stage: Stage, mail: Path) -> None:
    row = Deadline.objects.get(case_id=stage.filed().id, kind=DECIDE)
    assert not mail_warning(row.id, now=FILED)
    assert mails(mail) == []


def test_for_the_clock_of_a_party_the_holder_of_the_case_watches(stage: Stage, mail: Path) -> None:
    case = stage.upheld()
    counter = stage.forwarded(case)
    stage.deliver(counter, datetime(2026, 9, 16, 2, tzinfo=UTC))
    arrivals.sweep(datetime(2026, 9, 16, 2, tzinfo=UTC))
    row = Deadline.objects.get(case_id=case.id, kind=WAIT)
    assert row.owner_id is None

    assert mail_warning(row.id, now=datetime(2026, 10, 8, 2, tzinfo=UTC))
    assert [str(one["To"]) for one in mails(mail)] == [f"Tara <{stage.tara.email}>"]


def test_a_breach_alarms_and_stays_on_record_when_it_is_repaired_a_minute_later(
    stage: Stage,
) -> None:
    case = stage.filed()
    claim(case.id, user=stage.tara, now=FILED)
    row = Deadline.objects.get(case_id=case.id, kind=DECIDE)

    meet(DECIDE, case.id, row.due_at + timedelta(minutes=1), staff(stage.tara.id))

    assert Deadline.objects.get(id=row.id).state == State.MET_LATE
    told = LedgerEntry.objects.filter(chain_id=case.id, event__startswith="deadline.")
    names = [e.event for e in told.order_by("sequence") if e.facts["deadline"] == str(row.id)]
    assert names == ["deadline.started", "deadline.breached", "deadline.met_late"]
