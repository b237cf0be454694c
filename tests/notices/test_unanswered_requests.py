"""Asked, and no answer: a law that never refuses for a missing element has the notice decided as it stands."""

from datetime import timedelta

import pytest
from django.conf import LazySettings

from common.actors import filer
from common.errors import Conflict
from deadlines.models import Deadline
from deadlines.services import sweep
from evidence.chain import case_chain
from evidence.selectors import entries
from notices.filing import Filing, ItemClaim
from notices.models import Case
from notices.rules import ANSWER, DECIDE
from notices.services.claims import claim
from notices.services.information import Answer, Question, answer_information, request_information
from notices.services.submit import submit
from platforms.models import Platform
from tests.counternotices.stage import FILED
from users.models import User

OVER = FILED + timedelta(days=30)


@pytest.fixture
def left(
    settings: LazySettings, platform: Platform, tara: User, request: pytest.FixtureRequest
) -> Case:
    """A notice without an explanation or a proof of right; its filer was asked and never answered."""
    settings.REGIMES = request.param
    filing = Filing(
        channel="portal",
        language="en",
        filer_role="owner",
        filer_name="Nora Lind",
        filer_email="nora@example.org",
        work_title="Fox Spirit",
        items=(ItemClaim("output", "out_1"),),
        signature="Nora Lind",
    )
    case = submit(filing, now=FILED)
    claim(case.id, user=tara, now=FILED)
    element = "explanation" if "eu-dsa-platform" in request.param else "right_proof"
    request_information(case.id, Question([element]), user=tara, now=FILED)
    sweep.run(OVER)
    return Case.objects.get(id=case.id)


def states(case: Case, kind: str) -> set[str]:
    return set(Deadline.objects.filter(case_id=case.id, kind=kind).values_list("state", flat=True))


EUROPEAN = [["eu-dsa-platform"], ["cn-civil-code", "eu-dsa-platform"]]


@pytest.mark.parametrize("left", EUROPEAN, indirect=True)
def test_under_the_act_it_goes_back_to_review_and_our_clock_runs_on(left: Case) -> None:
    assert left.state == "in_review"
    told = [one.event for one in entries(case_chain(left.id))]
    assert told.count("information.not_received") == 1
    assert "notice.lapsed" not in told
    assert states(left, ANSWER) <= {"fired", "stopped"}
    assert states(left, DECIDE) == {"running"}


@pytest.mark.parametrize("left", EUROPEAN[:1], indirect=True)
def test_a_late_answer_is_refused_and_the_filer_can_be_asked_again(left: Case, tara: User) -> None:
    with pytest.raises(Conflict, match="Nothing is being asked"):
        answer_information(
            left.id, Answer({"explanation": "It is mine."}), actor=filer(left.id), now=OVER
        )
    request_information(left.id, Question(["explanation"]), user=tara, now=OVER)
    answer_information(
        left.id, Answer({"explanation": "It is mine."}), actor=filer(left.id), now=OVER
    )
    assert Case.objects.get(id=left.id).state == "in_review"


@pytest.mark.parametrize("left", [["cn-civil-code"]], indirect=True)
def test_where_every_law_allows_it_the_notice_lapses(left: Case) -> None:
    assert left.state == "lapsed"
