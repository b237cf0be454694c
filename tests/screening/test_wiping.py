"""Prompts are not kept longer than was said; until then the database lets nobody take them away or change them."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from common.actors import Actor
from screening.models import LostChecks, PromptCheck
from screening.services.rules import create_rule
from screening.services.wiping import wipe
from tests.database import Clock
from tests.screening.asking import NOW, new_rule
from tests.screening.recording import DAY, recorded

pytestmark = pytest.mark.django_db
ENO = Actor("staff", "eno")
SECOND = timedelta(seconds=1)


@pytest.fixture
def checks(clock: Clock) -> tuple[PromptCheck, PromptCheck]:
    """One that a rule matched, and a clean one that was drawn by lot."""
    clock.set(NOW)
    rule = create_rule(new_rule(), actor=ENO, at=NOW)
    until = NOW + 7 * DAY
    return recorded(rule.id), recorded(None, text_until=until, keep_until=until)


def test_texts_go_in_their_time_and_rows_in_theirs(
    checks: tuple[PromptCheck, PromptCheck], clock: Clock
) -> None:
    matched, clean = checks

    def at(days: int, less: timedelta = timedelta()) -> tuple[int, int]:
        moment = NOW + days * DAY - less
        clock.set(moment)
        done = wipe(moment)
        return done.texts, done.rows

    assert at(7, SECOND) == (0, 0)
    assert at(7) == (0, 1)
    assert not PromptCheck.objects.filter(id=clean.id).exists()
    assert at(180, SECOND) == (0, 0)
    assert at(180) == (1, 0)
    kept = PromptCheck.objects.get(id=matched.id)
    assert (kept.prompt, kept.user_external_id) == (None, "u_paul")
    assert kept.matches[0]["term"] == "ultraman"
    assert at(180) == (0, 0)
    assert at(730) == (0, 1)
    assert not PromptCheck.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE screening_promptcheck SET outcome = 'allow'",
        "UPDATE screening_promptcheck SET user_external_id = 'u_pia'",
        """UPDATE screening_promptcheck SET prompt = '{"prompt": "draw a fox"}'""",
        "DELETE FROM screening_promptcheck",
        "TRUNCATE screening_promptcheck",
        "DELETE FROM screening_lostchecks",
        "UPDATE screening_lostchecks SET number = 0",
    ],
)
def test_nobody_changes_the_record_or_takes_from_it_before_its_time(
    checks: tuple[PromptCheck, PromptCheck], statement: str
) -> None:
    LostChecks.objects.create(at=NOW, worker="here:1", number=3)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_text_may_be_wiped_before_its_time(checks: tuple[PromptCheck, PromptCheck]) -> None:
    assert PromptCheck.objects.filter(rule__isnull=False).update(prompt=None) == 1
