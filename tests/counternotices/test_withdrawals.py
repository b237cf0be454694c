"""The notice is taken back: every affected user who was told of it is told of its end, once."""

from datetime import UTC, datetime, timedelta

from common.actors import filer
from counternotices.services.arrivals import sweep
from counternotices.services.withdrawals import tell
from notices.services.decisions import withdraw
from notifications.models import Message
from tests.counternotices.stage import Stage

NOON = datetime(2026, 9, 1, 4, 0, tzinfo=UTC)
LETTER = "notice_ended_respondent"


def test_whoever_was_told_of_the_notice_is_told_that_it_ended(stage: Stage) -> None:
    case = stage.upheld()
    withdraw(case.id, actor=filer(case.notice.id), now=NOON + timedelta(days=1))

    sweep(NOON + timedelta(days=1))
    sweep(NOON + timedelta(days=2))

    (letter,) = Message.objects.filter(template=LETTER)
    assert "taken back" in letter.text
    assert letter.party == "respondent"


def test_a_notice_withdrawn_before_anybody_was_told_troubles_nobody(stage: Stage) -> None:
    case = stage.filed()
    withdraw(case.id, actor=filer(case.notice.id), now=NOON)
    assert tell(case.id, now=NOON) == 0
    assert not Message.objects.filter(template=LETTER).exists()
