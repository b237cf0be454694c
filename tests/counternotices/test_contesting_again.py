"""Contesting twice: a second statement opens no way round the first one's end."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from common.actors import filer
from common.errors import Conflict
from counternotices.models import CounterNotice
from counternotices.selectors import contestable_regimes
from counternotices.services.filing import Statement, file_counter_notice
from counternotices.services.waiting import file_suit_proof
from notices.models import Case, CaseRegime
from tests.counternotices.stage import ANSWERS, REVIEWED, Stage

SUED = REVIEWED + timedelta(days=1)
STATEMENT = Statement("en", "owner", ANSWERS, "Paul Okafor")


@pytest.fixture
def held(stage: Stage) -> Case:
    """Paul contested, and Nora proved that she sued."""
    case = stage.upheld()
    counter = stage.forwarded(case)
    file_suit_proof(counter.id, stage.proof(SUED), actor=filer(case.notice.id), now=SUED)
    return case


def test_proved_proceedings_are_not_outrun_by_a_second_counter_notice(
    stage: Stage, held: Case, client: Client
) -> None:
    regime = CaseRegime.objects.get(case=held)

    assert contestable_regimes(held.id, stage.paul.id) == []
    with pytest.raises(Conflict, match="the measures stay"):
        file_counter_notice(regime.id, stage.paul, STATEMENT, now=SUED)

    answer = client.get(reverse("answer-contest", args=[stage.answer_link(held)]))
    assert answer.status_code == 302
    assert CounterNotice.objects.count() == 1


def test_another_respondent_of_the_same_case_may_still_contest(stage: Stage) -> None:
    pia = stage.user("pia")
    case = stage.upheld(stage.artefact("his"), stage.artefact("hers", pia))
    counter = stage.forwarded(case)
    file_suit_proof(counter.id, stage.proof(SUED), actor=filer(case.notice.id), now=SUED)

    assert stage.contest(case, pia, now=SUED).respondent_id == pia.id


def test_who_was_rejected_may_contest_anew(stage: Stage) -> None:
    case = stage.upheld()
    first = stage.contest(case)
    CounterNotice.objects.filter(id=first.id).update(state="rejected")

    assert stage.contest(case).id != first.id
