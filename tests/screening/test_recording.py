"""What the guard remembers of checks: everything that matched, a sample of the rest, nothing too long, and no check waits."""

import os
import threading
import uuid
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured

from common.actors import Actor
from screening.engine.matcher import RuleSet
from screening.engine.rules import NOTHING_FOUND, Outcome, Question, Rule
from screening.guard.entries import Entry, Told, entry, worth_keeping
from screening.guard.options import Keeping, from_environment
from screening.guard.questions import Check
from screening.guard.recording import Recorder
from screening.models import LostChecks, PromptCheck
from screening.services.rules import create_rule
from tests.screening.asking import NOW, new_rule, rule
from tests.screening.callers import TOKEN

FOX = rule("fox spirit")
KEEPING = Keeping()


def row_of(check: Check, matched: Rule | None = FOX, keeping: Keeping = KEEPING) -> Entry:
    decision = NOTHING_FOUND
    if matched is not None:
        decision = RuleSet.build([matched], 1).decide(check.question(NOW))
        assert decision.rule is matched
    return entry(check, decision, Told(uuid.uuid4(), NOW, decision.outcome), keeping, sampled=True)


def test_what_matched_is_always_kept_and_of_the_rest_what_was_drawn() -> None:
    check, clean = Check("a fox spirit"), Check("a cat")
    blocked = RuleSet.build([FOX], 1).decide(Question({"prompt": check.prompt}, NOW))
    keeping = Keeping(sample=0.25)
    assert worth_keeping(check, blocked, keeping, lot=0.9) == (True, False)
    assert worth_keeping(check, blocked, keeping, lot=0.1) == (True, True)
    assert worth_keeping(clean, NOTHING_FOUND, keeping, lot=0.1) == (True, True)
    assert worth_keeping(clean, NOTHING_FOUND, keeping, lot=0.25) == (False, False)
    assert worth_keeping(clean, NOTHING_FOUND, Keeping(sample=0), lot=0.0) == (False, False)


def test_our_own_tests_of_blocks_are_nobodys_prompts_and_never_drawn() -> None:
    check = Check("a cat", surface="verification")
    assert worth_keeping(check, NOTHING_FOUND, Keeping(sample=1), lot=0.0) == (False, False)


def test_the_text_of_a_match_goes_before_its_row_and_a_clean_one_goes_whole() -> None:
    *_, matched, kept = row_of(Check("a fox spirit")).row
    assert (matched - NOW, kept - NOW) == (timedelta(days=180), timedelta(days=730))
    for short in (
        row_of(Check("a cat"), None),
        row_of(Check("a fox spirit", surface="verification")),
    ):
        *_, text, gone = short.row
        assert text - NOW == gone - NOW == timedelta(days=7)


def test_with_no_days_no_text_is_ever_written() -> None:
    row = row_of(Check("a fox spirit"), keeping=Keeping(matched_days=0)).row
    assert "fox spirit" not in str(row[8])
    assert row[8] is None


@pytest.mark.parametrize(
    "environment",
    [
        {"GUARD_KEEP_MATCHED_DAYS": "-1"},
        {"GUARD_KEEP_MATCHED_DAYS": "for ever"},
        {"GUARD_KEEP_MATCHED_DAYS": "90", "GUARD_KEEP_ROW_DAYS": "30"},
        {"GUARD_KEEP_MATCHED_DAYS": "0", "GUARD_KEEP_ROW_DAYS": "0"},
        {"GUARD_SAMPLE_PERCENT": "101"},
        {"GUARD_SAMPLE_PERCENT": "half"},
        {"GUARD_KEEP_SAMPLE_DAYS": "9999"},
    ],
)
def test_settings_that_make_no_sense_stop_the_guard(environment: dict[str, str]) -> None:
    with pytest.raises(ImproperlyConfigured):
        from_environment({"GUARD_TOKEN": TOKEN, **environment})


def test_settings_are_read() -> None:
    told = {"GUARD_SAMPLE_PERCENT": "0.5", "GUARD_KEEP_MATCHED_DAYS": "0"}
    keeping = from_environment({"GUARD_TOKEN": TOKEN, **told}).keeping
    assert (keeping.sample, keeping.matched_days, keeping.row_days) == (0.005, 0, 730)


class Away:
    """A database that is away until it is let back."""

    def __init__(self) -> None:
        self.back = threading.Event()

    def connect(self) -> "psycopg.Connection[Any]":
        if not self.back.is_set():
            raise psycopg.OperationalError("away")
        connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
        connection.execute("SET default_transaction_read_only = off")
        return connection


@pytest.fixture
def away() -> Away:
    return Away()


@pytest.fixture
def live(committed_db: None, away: Away, monkeypatch: pytest.MonkeyPatch) -> Rule:
    """A rule that the database knows, as the engine holds it."""
    monkeypatch.setattr("screening.guard.recording.RETRY_SECONDS", 0.05)
    monkeypatch.setattr("screening.guard.recording.GATHER_SECONDS", 0.01)
    made = create_rule(new_rule(), actor=Actor("staff", "eno"), at=NOW)
    return Rule(made.id, made.version, ("Ultraman",))


def test_checks_wait_for_the_database_and_what_does_not_fit_is_counted(
    live: Rule, away: Away
) -> None:
    recorder = Recorder(away.connect, most_waiting=3)
    recorder.start()
    check = Check("draw Ultraman", user="u_paul", surface="web")
    for _ in range(5):
        recorder.note(row_of(check, live))
    assert recorder.state() == {"waiting": 3, "lost": 2}
    away.back.set()
    wait_until(lambda: LostChecks.objects.exists())
    recorder.stop()
    assert PromptCheck.objects.count() == 3
    assert LostChecks.objects.get().number == 2
    kept = PromptCheck.objects.first()
    assert kept is not None
    assert (kept.user_external_id, kept.prompt) == ("u_paul", {"prompt": "draw Ultraman"})
    assert kept.matches[0] == {
        "field": "prompt",
        "start": 5,
        "end": 13,
        "term": "ultraman",
        "how": [],
    }
    assert recorder.state() == {"waiting": 0, "lost": 2}


def test_long_prompts_fill_the_line_by_their_length(live: Rule, away: Away) -> None:
    recorder = Recorder(away.connect, most_letters=30)
    for _ in range(4):
        recorder.note(row_of(Check("draw Ultraman"), live))
    assert recorder.state() == {"waiting": 2, "lost": 2}


def test_one_that_cannot_be_stored_takes_no_other_with_it(live: Rule, away: Away) -> None:
    away.back.set()
    recorder = Recorder(away.connect)
    unknown = Rule(uuid.uuid4(), 1, ("Ultraman",))  # its row breaks a foreign key
    for one in (live, unknown, live):
        recorder.note(row_of(Check("draw Ultraman\0", user="u\0"), one))
    recorder.start()
    wait_until(lambda: LostChecks.objects.exists())
    recorder.stop()
    assert PromptCheck.objects.count() == 2
    assert {row.user_external_id for row in PromptCheck.objects.all()} == {"u\ufffd"}


def test_the_last_words_of_a_worker_are_written(live: Rule, away: Away) -> None:
    away.back.set()
    recorder = Recorder(away.connect)
    recorder.start()
    recorder.note(row_of(Check("draw Ultraman"), live))
    recorder.stop()
    assert PromptCheck.objects.get().outcome == Outcome.BLOCK


def test_a_confirmation_is_written_once(live: Rule, away: Away) -> None:
    away.back.set()
    recorder, warning = Recorder(away.connect), uuid.uuid4()
    decision = RuleSet.build([live], 1).decide(Question({"prompt": "Ultraman"}, NOW))
    told = [Told(uuid.uuid4(), NOW, Outcome.ALLOW, confirms=warning) for _ in range(2)]
    rows = [entry(Check("Ultraman"), decision, one, KEEPING) for one in told]
    assert [recorder.once(row) for row in rows] == [True, False]


def wait_until(true: Any) -> None:
    for _ in range(200):
        if true():
            return
        threading.Event().wait(0.05)
    raise AssertionError("It did not come to be.")
