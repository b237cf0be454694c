"""A rule begins and ends, and the ledger and the database hold us to it."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from common.actors import Actor
from common.errors import Conflict, NotFound, RedressError
from evidence.models import LedgerEntry, LedgerPayload
from screening.models import PromptRule, RuleSetVersion
from screening.rules import TermText
from screening.selectors import live_rules, rules_of_case
from screening.services.rules import create_rule, end_rule
from tests.screening.asking import CASE, NOW, new_rule

ENO = Actor("staff", "eno")
pytestmark = pytest.mark.django_db


def version() -> int:
    return RuleSetVersion.objects.get().version


def test_a_new_rule_is_live_and_carries_its_birth_certificate() -> None:
    rule = create_rule(new_rule(), actor=ENO, at=NOW)
    assert list(live_rules(NOW)) == list(rules_of_case(CASE)) == [rule]
    assert (rule.case_id, rule.approved_by, rule.version) == (CASE, "staff:dan", version())
    (entry,) = LedgerEntry.objects.filter(chain_kind="rule", chain_id=rule.id)
    assert (entry.event, entry.actor, entry.at) == ("rule.created", "staff:eno", NOW)
    assert "Ultraman" not in str(entry.facts)
    assert "Ultraman" in bytes(LedgerPayload.objects.get(entry=entry).body).decode()


def test_each_change_raises_the_version() -> None:
    before = version()
    rule = create_rule(new_rule(), actor=ENO, at=NOW)
    create_rule(new_rule(), actor=ENO, at=NOW)
    ended = end_rule(rule.id, actor=ENO, at=NOW, reason="case_restored")
    assert (version(), ended.version) == (before + 3, before + 3)


def test_an_ended_rule_stays_as_it_ended() -> None:
    rule = create_rule(new_rule(), actor=ENO, at=NOW)
    end_rule(rule.id, actor=ENO, at=NOW, reason="case_restored")
    again = end_rule(rule.id, actor=ENO, at=NOW + timedelta(days=1), reason="other")
    assert (again.ended_at, again.ended_reason) == (NOW, "case_restored")
    assert not live_rules(NOW)
    events = LedgerEntry.objects.filter(chain_id=rule.id).values_list("event", flat=True)
    assert list(events) == ["rule.created", "rule.lifted"]


def test_a_rule_put_in_force_twice_is_one_rule() -> None:
    new = new_rule()
    assert create_rule(new, actor=ENO, at=NOW) == create_rule(new, actor=ENO, at=NOW)
    assert LedgerEntry.objects.filter(chain_id=new.id).count() == 1
    with pytest.raises(Conflict):
        create_rule(replace(new, territory="CN"), actor=ENO, at=NOW)


def test_an_unknown_rule_cannot_be_ended() -> None:
    with pytest.raises(NotFound):
        end_rule(uuid.uuid4(), actor=ENO, at=NOW, reason="case_restored")
    with pytest.raises(RedressError):
        end_rule(uuid.uuid4(), actor=ENO, at=NOW, reason="")


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("terms", {"terms": []}),
        ("terms", {"terms": [TermText("", "en")]}),
        ("terms", {"terms": [TermText("a", "en")]}),
        ("terms", {"terms": [TermText("狐", "zh-Hans")]}),
        ("terms", {"terms": [TermText(" \u200b!?", "en")]}),
        ("terms", {"terms": [TermText("x" * 101, "en")]}),
        ("terms", {"terms": [TermText(f"name {i}", "en") for i in range(201)]}),
        ("terms", {"terms": [TermText("Ultraman", "English, please")]}),
        ("allow_phrases", {"allow_phrases": ["u"]}),
        ("allow_phrases", {"allow_phrases": ["Ultraman"]}),
        ("allow_phrases", {"terms": [TermText("red fox", "en")], "allow_phrases": ["fox"]}),
        ("fields", {"fields": []}),
        ("fields", {"fields": ["prompt", "seed"]}),
        ("fields", {"fields": ["prompt", "prompt"]}),
        ("territory", {"territory": "china"}),
        ("mode", {"mode": "off"}),
        ("reason_code", {"reason_code": "It is protected"}),
        ("user_message", {"user_message": {"en": "Protected."}}),
        ("user_message", {"user_message": {"en": "Protected.", "zh-Hans": " "}}),
        ("user_message", {"user_message": {"en": "x" * 1001, "zh-Hans": "受保护。"}}),
        ("appeal_url", {"appeal_url": "javascript:alert(1)"}),
        ("approved_by", {"approved_by": ""}),
        ("case_reference", {"case_reference": ""}),
        ("expires_at", {"expires_at": NOW}),
        ("expires_at", {"expires_at": (NOW + timedelta(days=1)).replace(tzinfo=None)}),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_with_a_sentence(
    field: str, changes: Mapping[str, Any]
) -> None:
    with pytest.raises(RedressError) as refused:
        create_rule(new_rule(**changes), actor=ENO, at=NOW)
    assert set(refused.value.fields) == {field}
    assert refused.value.fields[field].endswith(".")
    assert not PromptRule.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE screening_promptrule SET terms = '[]'",
        "UPDATE screening_promptrule SET version = 7",
        "DELETE FROM screening_promptrule",
        "TRUNCATE screening_promptrule",
        "UPDATE screening_rulesetversion SET version = 1",
        "INSERT INTO screening_rulesetversion VALUES (2, 1)",
    ],
)
def test_the_application_cannot_change_or_remove_a_rule(statement: str) -> None:
    create_rule(new_rule(), actor=ENO, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_application_cannot_bring_an_ended_rule_back() -> None:
    rule = create_rule(new_rule(), actor=ENO, at=NOW)
    end_rule(rule.id, actor=ENO, at=NOW, reason="case_restored")
    with pytest.raises(DatabaseError, match="only be ended, once"), transaction.atomic():
        PromptRule.objects.filter(id=rule.id).update(ended_at=None, ended_reason="")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE screening_promptrule SET terms = '[]'",
        "UPDATE screening_promptrule SET ended_at = now(), ended_reason = 'x', mode = 'warn'",
        "DELETE FROM screening_promptrule",
        "TRUNCATE screening_promptrule CASCADE",
    ],
)
def test_the_owner_cannot_either(
    committed_db: None, owner_connection: "psycopg.Connection[Any]", statement: str
) -> None:
    create_rule(new_rule(), actor=ENO, at=NOW)
    with pytest.raises(psycopg.errors.RestrictViolation):
        owner_connection.execute(statement.encode())
