"""The assessment sheet: prefilled with what the house knows, decided by a person, kept version by version."""

import hashlib
import json
import re
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from django.conf import LazySettings
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from casework.assessment.questions import LENSES, QUESTIONS, SECTIONS, Finding
from casework.assessment.sheet import content_of
from casework.models import Assessment
from casework.services.assess import Answer, assess
from common.errors import Conflict, Forbidden, RedressError
from evidence.chain import case_chain
from evidence.events import EVENTS
from evidence.selectors import entries, payload
from notices.models import Case
from notifications.event_types import public
from notifications.models import WebhookDelivery
from notifications.services import endpoints
from notifications.services.endpoints import Wish
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import Stage
from tests.database import Clock
from tests.people import issue_token
from users.models import User

NOON = datetime(2026, 9, 20, 4, 0, tzinfo=UTC)
OPEN = {"fault_lens": Answer("unclear"), "strict_lens": Answer("unclear")}
TYPED = {
    "fame": "present",
    "fame_note": "Known to every child since 2021.",
    "strict_lens": "missing",
}


@pytest.fixture(autouse=True)
def noon(clock: Clock, settings: LazySettings) -> None:
    clock.set(NOON)
    settings.STAFF_MFA_REQUIRED = False


def at(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(case: Case) -> str:
    return reverse("desk-assessment", args=[case.reference])


def chosen(html: str) -> int:
    """How many radios are chosen."""
    return len(re.findall(r"<input[^>]*\schecked[\s>]", html))


def recorded(stage: Stage, case: Case, after: int = 0, **answers: Answer) -> Assessment:
    return assess(case.id, {**OPEN, **answers}, after=after, user=stage.lea, now=NOON)


def test_every_question_names_a_norm_and_only_the_lenses_are_needed() -> None:
    assert sum(len(section.questions) for section in SECTIONS) == len(QUESTIONS)
    assert all(question.norms for question in QUESTIONS.values())
    assert LENSES == ("fault_lens", "strict_lens")
    for key in LENSES:
        assert Finding.NOT_APPLICABLE not in QUESTIONS[key].findings, "no lens hides the other"
    norms = " ".join(str(norm) for question in QUESTIONS.values() for norm in question.norms)
    assert all(f"9({number})" in norms for number in range(1, 8)), "all seven factors"


def test_the_sheet_begins_with_nothing_chosen(stage: Stage) -> None:
    case = stage.upheld()
    html = at(stage.tara).get(address(case)).content.decode()
    for question in QUESTIONS.values():
        assert f'name="{question.key}"' in html
        assert f'name="{question.key}_note"' in html
    assert chosen(html) == 0
    assert "Found by the house" in html
    assert "Point 1 of the filer: The mask" in html
    assert "Nobody has assessed this case yet" in _case(stage, case)


def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(stage: Stage) -> None:
    case = stage.upheld()
    answer = at(stage.tara).post(address(case), TYPED)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_fault_lens_0"' in html
    assert "Known to every child since 2021." in html
    assert chosen(html) == 2
    assert not Assessment.objects.exists()


def test_a_note_needs_a_finding_that_it_explains(stage: Stage) -> None:
    case = stage.upheld()
    sent = {**TYPED, "fault_lens": "present", "fame": ""}
    answer = at(stage.tara).post(address(case), sent)
    assert answer.status_code == 422
    assert "so say what you found" in answer.content.decode()
    assert not Assessment.objects.exists()


def test_a_press_records_answers_knowledge_and_hash(stage: Stage) -> None:
    case = stage.upheld()
    done = at(stage.lea).post(address(case), {**TYPED, "fault_lens": "present", "after": "0"})
    assert done.status_code == 302

    row = Assessment.objects.select_related("case").get()
    assert (row.version, row.by, row.at) == (1, stage.lea, NOON)
    assert row.answers == {
        "fame": {"finding": "present", "note": "Known to every child since 2021."},
        "fault_lens": {"finding": "present", "note": ""},
        "strict_lens": {"finding": "missing", "note": ""},
    }
    (point,) = row.held["similarity"]
    assert all("The mask" in point["text"][tag] for tag in ("en", "zh-Hans"))
    assert set(point["origin"]) == {"en", "zh-Hans"}
    entry = entries(case_chain(case.id)).get(event="assessment.recorded")
    assert entry.facts["sha256"] == row.sha256
    assert (entry.facts["version"], entry.facts["answered"]) == (1, 3)
    kept = payload(entry)
    assert kept == content_of(row)
    assert hashlib.sha256(content_of(row)).hexdigest() == row.sha256
    shown = _case(stage, case)
    assert "Version 1: 3 of 27 answered" in " ".join(shown.split())
    assert "Conclusion under the strict-liability lens" in shown


def test_versions_are_kept_and_say_what_they_changed(stage: Stage) -> None:
    case = stage.upheld()
    recorded(stage, case, access=Answer("present", "On the home page."))
    begun = at(stage.tara).get(address(case)).content.decode()
    assert chosen(begun) == 3, "the second version begins from the first"
    assert "version 1 by Lea" in " ".join(begun.split())
    recorded(stage, case, 1, access=Answer("missing", "It was never public."))

    first, second = (
        at(stage.tara)
        .get(reverse("desk-assessment-version", args=[case.reference, number]))
        .content.decode()
        for number in (1, 2)
    )
    assert "On the home page." in first
    assert ">changed<" not in first
    assert "It was never public." in second
    assert second.count(">changed<") == 1
    missing = reverse("desk-assessment-version", args=[case.reference, 3])
    assert at(stage.tara).get(missing).status_code == 404


def test_who_was_overtaken_sees_their_words_and_may_press_again(stage: Stage) -> None:
    case = stage.upheld()
    typed = {**TYPED, "fault_lens": "present", "after": "0"}
    recorded(stage, case)

    answer = at(stage.tara).post(address(case), typed)

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Lea recorded version 1 meanwhile" in html
    assert "Known to every child since 2021." in html
    assert '<input type="hidden" name="after" value="1">' in html
    assert at(stage.tara).post(address(case), {**typed, "after": "1"}).status_code == 302
    assert Assessment.objects.filter(case=case).count() == 2


@pytest.mark.parametrize(
    "answers",
    [
        {"no_such_question": Answer("present")},
        {"fame": Answer("perhaps")},
        {"fault_lens": Answer("not_applicable")},
        {"fame": Answer("present", "x" * 5_001)},
    ],
)
def test_what_is_no_answer_is_refused(stage: Stage, answers: dict[str, Answer]) -> None:
    case = stage.upheld()
    with pytest.raises(RedressError) as told:
        recorded(stage, case, **answers)
    assert set(told.value.fields) == set(answers)


def test_both_lenses_or_nothing(stage: Stage) -> None:
    case = stage.upheld()
    for lens in LENSES:
        with pytest.raises(RedressError) as told:
            assess(case.id, {lens: Answer("present")}, after=0, user=stage.lea, now=NOON)
        assert set(told.value.fields) == set(LENSES) - {lens}


def test_a_version_that_nobody_saw_cannot_be_followed(stage: Stage) -> None:
    case = stage.upheld()
    with pytest.raises(Conflict):
        recorded(stage, case, after=7)
    with pytest.raises(Forbidden):
        assess(case.id, OPEN, after=0, user=stage.eno, now=NOON)


def test_the_database_keeps_every_version(stage: Stage) -> None:
    recorded(stage, stage.upheld())
    for statement in (
        "UPDATE casework_assessment SET version = 2",
        "DELETE FROM casework_assessment",
    ):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_its_owner_too_is_stopped(
    committed_db: None, owner_connection: "psycopg.Connection[Any]", stage: Stage
) -> None:
    recorded(stage, stage.upheld())
    for statement in (
        "UPDATE casework_assessment SET version = 2",
        "DELETE FROM casework_assessment",
        "TRUNCATE casework_assessment",
    ):
        with pytest.raises(psycopg.errors.RestrictViolation, match="append-only"):
            owner_connection.execute(statement)


def test_no_party_sees_any_of_it(stage: Stage) -> None:
    case = stage.upheld()
    recorded(stage, case, fame=Answer("present", "A secret thought."))
    for page in (
        reverse("track", args=[stage.track_link(case)]),
        reverse("answer", args=[stage.answer_link(case)]),
    ):
        html = Client().get(page).content.decode()
        assert "secret thought" not in html
        assert EVENTS["assessment.recorded"] not in html
    assert at(stage.eno).get(address(case)).status_code == 403


def test_no_webhook_tells_of_it(stage: Stage) -> None:
    everything = Wish("https://hooks.example.com/in", "Ours")
    endpoints.create(everything, user=stage.eno, now=NOON)
    case = stage.upheld()
    recorded(stage, case)
    told = set(WebhookDelivery.objects.values_list("event", flat=True))
    assert "notice.filed" in told
    assert "assessment.recorded" not in told
    assert not public("assessment.recorded")


def test_the_api_tells_questions_and_versions(stage: Stage) -> None:
    case = stage.upheld()
    recorded(stage, case, fame=Answer("present", "Everywhere."))
    key = {"authorization": f"Bearer {issue_token(stage.lea, 'tests', now=NOON)}"}
    told = Client().get(reverse("api-assessments", args=[case.reference]), headers=key).json()
    (version,) = told["versions"]
    assert version["answers"]["fame"] == {"finding": "present", "note": "Everywhere."}
    assert (version["version"], version["by"]) == (1, "Lea")
    assert version["held"]["complaint_channel"][0]["code"] == "portal"
    asked = {q["key"]: q for section in told["sections"] for q in section["questions"]}
    assert set(asked) == set(QUESTIONS)
    assert [q["key"] for q in asked.values() if q["needed"]] == list(LENSES)
    assert json.dumps(told)


def _case(stage: Stage, case: Case) -> str:
    return at(stage.dan).get(reverse("desk-case", args=[case.reference])).content.decode()
