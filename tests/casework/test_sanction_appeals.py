"""A user appeals against a sanction alone; somebody who had no part in it answers."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from common.actors import Actor, respondent
from common.errors import Conflict, NotFound, RedressError
from deadlines.models import Deadline
from evidence.models import LedgerEntry
from measures.errors import OwnDecision
from measures.models import Measure, SanctionAppeal, StandingEntry
from measures.services.appeals import Wish, answer, file_appeal
from measures.services.sweep import sweep
from measures.standing_selectors import appeals_awaiting
from notices.models import Case
from notifications.models import Message
from tests.casework.test_standing import lift
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import DECIDED, REASONS, Stage
from tests.database import Clock

LATER = DECIDED + timedelta(days=3)


@pytest.fixture(autouse=True)
def noon(clock: Clock, settings: Any) -> None:
    clock.set(LATER)
    settings.STAFF_MFA_REQUIRED = False


@pytest.fixture
def case(stage: Stage) -> Case:
    return stage.upheld(sanction="warn")


def sanction() -> Measure:
    return Measure.objects.get(family="user_sanction")


def filed(stage: Stage, case: Case) -> SanctionAppeal:
    wish = Wish(case, stage.paul, "I made it myself.", "en")
    return file_appeal(sanction().id, wish, actor=case_actor(stage), now=LATER)


def case_actor(stage: Stage) -> Actor:
    return respondent(stage.paul.id)


def test_filing_starts_the_house_clock_and_confirms(stage: Stage, case: Case) -> None:
    appeal = filed(stage, case)
    clock = Deadline.objects.get(kind="measures.appeal")
    assert (clock.subject_id, clock.state) == (appeal.id, "running")
    letter = Message.objects.get(template="sanction_appeal_received")
    assert appeal.reference in letter.text
    assert "/standing/" in letter.text
    entry = LedgerEntry.objects.get(event="sanction_appeal.filed")
    assert entry.facts["measure"] == str(sanction().id)


def test_one_open_appeal_at_a_time_against_ones_own_sanction(stage: Stage, case: Case) -> None:
    filed(stage, case)
    with pytest.raises(Conflict):
        filed(stage, case)
    pia = stage.user("pia")
    with pytest.raises(NotFound):
        file_appeal(sanction().id, Wish(case, pia, "No.", "en"), actor=case_actor(stage), now=LATER)
    with pytest.raises(RedressError, match="Say why"):
        file_appeal(
            sanction().id, Wish(case, stage.paul, "  ", "en"), actor=case_actor(stage), now=LATER
        )


def test_whoever_had_a_part_in_it_does_not_answer(stage: Stage, case: Case) -> None:
    appeal = filed(stage, case)
    assert list(appeals_awaiting(stage.tara)) == []
    assert list(appeals_awaiting(stage.dan)) == [appeal]
    with pytest.raises(OwnDecision):
        answer(appeal.id, True, REASONS, user=stage.tara, now=LATER)
    with pytest.raises(IntegrityError, match="appeal_reviewed_by_another"), transaction.atomic():
        SanctionAppeal.objects.filter(id=appeal.id).update(reviewed_by=stage.tara)


def test_a_justified_appeal_ends_the_sanction_and_leaves_the_entry(
    stage: Stage, case: Case
) -> None:
    appeal = filed(stage, case)
    answer(appeal.id, True, REASONS, user=stage.dan, now=LATER)
    assert sanction().state == "lifting"
    assert Deadline.objects.get(kind="measures.appeal").state == "met"
    assert StandingEntry.objects.get(case=case).voided_at is None
    letter = Message.objects.get(template="sanction_appeal_answered")
    assert "You are right" in letter.text
    assert REASONS["en"] in letter.text
    with pytest.raises(Conflict):
        answer(appeal.id, True, REASONS, user=stage.dan, now=LATER)


def test_a_rejected_appeal_leaves_the_sanction(stage: Stage, case: Case) -> None:
    appeal = filed(stage, case)
    answer(appeal.id, False, REASONS, user=stage.lea, now=LATER)
    assert sanction().state == "in_force"
    assert "This sanction stays" in Message.objects.get(template="sanction_appeal_answered").text


def test_an_appeal_whose_sanction_ended_otherwise_is_closed_by_the_sweep(
    stage: Stage, case: Case
) -> None:
    appeal = filed(stage, case)
    lift(case, LATER)
    assert sweep(LATER).moot == 1
    assert SanctionAppeal.objects.get(id=appeal.id).state == "moot"
    assert Deadline.objects.get(kind="measures.appeal").state == "stopped"


def test_the_user_sees_their_ladder_and_appeals_without_an_account(
    stage: Stage, case: Case, client: Client
) -> None:
    token = stage.answer_link(case)
    page = client.get(reverse("answer", args=[token])).content.decode()
    assert "Step 1 of 4" in page
    own = client.get(reverse("answer-standing", args=[token])).content.decode()
    assert case.reference in own
    send = reverse("answer-appeal", args=[token, sanction().id])
    empty = client.post(send, {"grounds": ""})
    assert empty.status_code == 422
    assert "Say why the sanction is wrong." in empty.content.decode()
    assert client.post(send, {"grounds": "I made it myself."}).status_code == 302
    assert SanctionAppeal.objects.get().grounds == "I made it myself."
    again = client.post(send, {"grounds": "Again."}, follow=True).content.decode()
    assert "You have appealed already" in again


def test_the_desk_answers_and_keeps_what_was_typed(
    stage: Stage, case: Case, client: Client
) -> None:
    appeal = filed(stage, case)
    client.force_login(stage.dan)
    assert appeal.reference in client.get(reverse("desk-counter-notices")).content.decode()
    page = client.get(reverse("desk-appeal", args=[appeal.id])).content.decode()
    assert "I made it myself." in page
    send = reverse("desk-appeal-reject", args=[appeal.id])
    half = client.post(send, {"reject-reasons_en": "It is a copy.", "reject-reasons_zh": ""})
    assert half.status_code == 422
    assert "It is a copy." in half.content.decode()
    full = {"reject-reasons_en": "It is a copy.", "reject-reasons_zh": "属于复制。"}
    assert client.post(send, full).status_code == 302
    assert SanctionAppeal.objects.get().state == "rejected"
    client.force_login(stage.tara)
    mine = client.get(reverse("desk-appeal", args=[appeal.id])).content.decode()
    assert "It is a copy." in mine
