"""Each put-back mode as the pack's data says: restored at once with a bar, reversed on the merits, or none."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from casework.services.reverse import reverse as reverse_refusal
from common.actors import filer
from common.errors import Conflict, RedressError
from counternotices.errors import DecidedByYou, WindowClosed
from counternotices.models import BarredItem, Complaint, CounterNotice
from counternotices.selectors import contestable_regimes
from counternotices.services import arrivals, complaints, review
from deadlines.models import Deadline
from evidence.models import LedgerEntry
from measures.services.orders import Order
from notices.models import Case, ClaimedItem, Notice
from notices.services.claims import claim
from notices.services.decisions import Ruling
from notifications.models import Message
from tests.counternotices.papers import told
from tests.counternotices.stage import CONTESTED, DECIDED, REASONS, REVIEWED, Stage
from tests.database import Clock

BRUSSELS = ZoneInfo("Europe/Brussels")


def state(counter: CounterNotice) -> str:
    return str(CounterNotice.objects.values_list("state", flat=True).get(id=counter.id))


# --- restore_immediately_bar_renotice


def test_under_the_2013_regulation_it_is_restored_and_forwarded_at_once(
    stage: Stage, settings: LazySettings
) -> None:
    settings.REGIMES = ["cn-reg-2013"]
    case = stage.upheld(sanction="warn")
    counter = stage.contest(case)

    review.accept(counter.id, user=stage.dan, now=REVIEWED)

    assert state(counter) == "prevailed"
    assert {m.state for m in stage.measures(case)} == {"lifting"}
    letter = Message.objects.get(template="counter_notice_to_filer")
    assert "may not notify us of the same item again" in letter.text
    assert "when the period is over" not in letter.text
    assert "end at once" in Message.objects.get(template="restored_respondent").text
    put_back = Deadline.objects.get(kind="counternotices.put_back")
    assert put_back.due_at == REVIEWED + timedelta(hours=12)
    assert not Deadline.objects.filter(kind="counternotices.wait").exists()


@pytest.mark.parametrize(
    ("email", "pack", "barred"),
    [
        ("nora@example.org", "cn-reg-2013", True),
        ("nora@example.org", "cn-civil-code", False),
        ("other@example.org", "cn-reg-2013", False),
    ],
)
def test_the_same_item_by_the_same_right_holder_is_filed_marked_and_proposed_for_refusal(
    stage: Stage, settings: LazySettings, client: Client, email: str, pack: str, barred: bool
) -> None:
    settings.REGIMES = ["cn-reg-2013"]
    settings.STAFF_MFA_REQUIRED = False
    picture = stage.artefact("out_1")
    earlier = stage.upheld(picture)
    review.accept(stage.contest(earlier).id, user=stage.dan, now=REVIEWED)
    settings.REGIMES = [pack]
    again = stage.filed(picture, email=email)
    if not barred and email.startswith("other"):
        Notice.objects.filter(case=again).update(filer_name="Somebody Else")

    arrivals.sweep(REVIEWED)
    arrivals.sweep(REVIEWED)

    assert again.state == "received", "nothing is lost"
    assert BarredItem.objects.count() == (1 if barred else 0)
    assert LedgerEntry.objects.filter(event="notice.runs_into_bar").count() == (1 if barred else 0)
    claim(again.id, user=stage.dan, now=REVIEWED)
    client.force_login(stage.dan)
    page = client.get(reverse("desk-case", args=[again.reference])).content.decode()
    assert ("proposed: decline" in page) is barred
    assert ("art. 17" in page.split('id="bars"')[-1][:3000] and earlier.reference in page) is barred
    assert ("may not notify it again. " in page or "Under PRC Regulation 2013" in page) is barred


# --- reverse_on_merits


@pytest.fixture
def eu(settings: LazySettings) -> None:
    settings.REGIMES = ["eu-dsa-platform"]


TOLD = datetime(2026, 8, 31, 10, tzinfo=BRUSSELS)
OPEN_UNTIL = datetime(2027, 3, 2, tzinfo=BRUSSELS)


def test_the_window_stays_open_for_six_months_from_being_told_and_past_the_weekend(
    stage: Stage, eu: None
) -> None:
    case = stage.upheld()
    told("statement_of_reasons", TOLD)

    window = Deadline.objects.get(kind="counternotices.complaint_window")

    assert window.last_day == date(2027, 3, 1)
    assert window.due_at == OPEN_UNTIL
    assert stage.contest(case, now=OPEN_UNTIL - timedelta(seconds=1)).state == "filed"


def test_a_late_complaint_is_refused_with_the_date_and_why(
    stage: Stage, eu: None, client: Client, clock: Clock
) -> None:
    case = stage.upheld()
    told("statement_of_reasons", TOLD)
    with pytest.raises(WindowClosed, match="1 March 2027"):
        stage.contest(case, now=OPEN_UNTIL)
    clock.set(OPEN_UNTIL)
    link = stage.answer_link(case)

    page = client.get(reverse("answer-contest", args=[link])).content.decode()

    assert "The time for complaints is over" in page
    assert "1 March 2027" in page
    assert "Sunday" in page or "28 Feb" in page or "2027-02-28" in page, (
        "the day it would have been"
    )


def test_a_decision_that_never_reached_anybody_closes_no_window(stage: Stage, eu: None) -> None:
    case = stage.upheld()
    arrivals.sweep(DECIDED)

    assert stage.contest(case, now=datetime(2028, 1, 1, tzinfo=UTC)).state == "filed"


@pytest.mark.parametrize("justified", [True, False])
def test_another_person_answers_with_reasons_and_with_what_can_still_be_done(
    stage: Stage, eu: None, justified: bool
) -> None:
    case = stage.upheld()
    counter = stage.contest(case)
    with pytest.raises(DecidedByYou):
        review.accept(counter.id, user=stage.tara, now=REVIEWED, reasons=REASONS)
    with pytest.raises(RedressError, match="English and in Chinese"):
        review.accept(counter.id, user=stage.dan, now=REVIEWED)

    if justified:
        review.accept(counter.id, user=stage.dan, now=REVIEWED, reasons=REASONS)
    else:
        review.reject(counter.id, REASONS, user=stage.dan, now=REVIEWED)

    text = Message.objects.get(template="complaint_answered_respondent").text
    assert REASONS["en"] in text
    assert "out-of-court" in text
    assert "before a court" in text
    assert ("is justified" in text) is justified
    assert {m.state for m in stage.measures(case)} == ({"lifting"} if justified else {"in_force"})


def test_hosting_alone_owes_no_internal_complaint_system_and_no_window(
    stage: Stage, settings: LazySettings
) -> None:
    settings.REGIMES = ["eu-dsa-hosting"]
    case = stage.upheld()
    told("statement_of_reasons", TOLD)

    assert not Deadline.objects.filter(kind="counternotices.complaint_window").exists()
    review.accept(stage.contest(case).id, user=stage.dan, now=REVIEWED, reasons=REASONS)
    text = Message.objects.get(template="complaint_answered_respondent").text
    assert "out-of-court" not in text
    assert complaints.complainable(case) == []


def complained(stage: Stage, case: Case, now: datetime = CONTESTED) -> Complaint:
    regime = case.regimes.get()
    return complaints.file_complaint(
        regime.id, "It is the same mask.", "en", actor=filer(case.id), now=now
    )


def test_the_filer_complains_about_a_refusal_and_another_person_finds_it_right(
    stage: Stage, eu: None
) -> None:
    case = stage.declined()
    told("notice_declined", TOLD)
    complaint = complained(stage, case)
    assert Deadline.objects.get(kind="counternotices.complaint").state == "running"

    with pytest.raises(DecidedByYou):
        complaints.reject(complaint.id, REASONS, user=stage.tara, now=REVIEWED)
    complaints.reject(complaint.id, REASONS, user=stage.dan, now=REVIEWED)

    text = Message.objects.get(template="complaint_answered_filer").text
    assert REASONS["en"] in text
    assert "out-of-court" in text
    assert Case.objects.get(id=case.id).state == "declined"
    assert Deadline.objects.get(kind="counternotices.complaint").state == "met"
    with pytest.raises(Conflict):
        complained(stage, case, now=REVIEWED)


def test_a_justified_complaint_reverses_the_refusal_with_measures_and_letters(
    stage: Stage, eu: None
) -> None:
    case = stage.declined()
    complaint = complained(stage, case)
    item = ClaimedItem.objects.get(notice__case=case)
    ruling = Ruling(REASONS, {item.id: "upheld"})

    reverse_refusal(
        complaint.id, ruling, [Order("content_removal", item=item)], user=stage.dan, now=REVIEWED
    )

    case.refresh_from_db(fields=["decided_by", "decided_at"])
    assert Case.objects.get(id=case.id).state == "accepted"
    assert case.decided_by == stage.dan, "a counter-notice is reviewed by somebody else again"
    assert [m.state for m in stage.measures(case)] == ["ordered"]
    assert Message.objects.filter(template="statement_of_reasons").exists()
    assert Complaint.objects.get().state == "upheld"
    assert LedgerEntry.objects.filter(event="notice.refusal_reversed").exists()


def test_the_filers_late_complaint_is_refused_with_the_date(
    stage: Stage, eu: None, client: Client, clock: Clock
) -> None:
    case = stage.declined()
    told("notice_declined", TOLD)
    with pytest.raises(WindowClosed, match="1 March 2027"):
        complained(stage, case, now=OPEN_UNTIL)
    address = reverse("track-complain", args=[stage.track_link(case)])
    clock.set(OPEN_UNTIL - timedelta(seconds=1))
    assert "Why is the decision wrong?" in client.get(address).content.decode()
    assert client.post(address, {"grounds": ""}).status_code == 422
    clock.set(OPEN_UNTIL)
    assert "1 March 2027" in client.get(address).content.decode()


def test_where_the_law_has_no_window_a_refusal_is_not_complained_about(stage: Stage) -> None:
    assert complaints.complainable(stage.declined()) == []


# --- none


def test_a_training_complaint_knows_no_counter_notice(stage: Stage, settings: LazySettings) -> None:
    case = stage.upheld()
    case.regimes.update(pack_id="eu-gpai-complaint")

    assert contestable_regimes(case.id, stage.paul.id) == []
