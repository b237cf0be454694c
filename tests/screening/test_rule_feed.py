"""Services that check in their own process take the rules whole once, then what changed; signed, and told apart by an ETag."""

import base64
import json
import uuid
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import LazySettings
from django.test import Client

from common.actors import Actor
from screening.models import PromptRule
from screening.rules import TermText
from screening.services.feed import feed, newest
from screening.services.rules import create_rule, end_rule
from tests.conftest import Cast
from tests.people import issue_token
from tests.screening.asking import NOW, new_rule

pytestmark = pytest.mark.django_db
ENO = Actor("staff", "eno")
PATH = "/api/v1/prompt-rules"


def told(since: int = 0, at_once: int = 5_000) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(feed(since, at_once).body)
    return found


@pytest.fixture
def rules() -> list[PromptRule]:
    """Three rules, each with a version of its own."""
    names = ("Ultraman", "Fox Spirit", "Zorblax")
    return [
        create_rule(new_rule(terms=[TermText(name, "en")]), actor=ENO, at=NOW) for name in names
    ]


def test_everything_is_told_that_has_not_ended(rules: list[PromptRule]) -> None:
    end_rule(rules[1].id, actor=ENO, at=NOW, reason="case_restored")
    found = told()
    assert {rule["id"] for rule in found["rules"]} == {str(rules[0].id), str(rules[2].id)}
    assert (found["since"], found["version"], found["more"]) == (0, newest(), False)
    assert found["ended"] == []
    one = found["rules"][0]
    assert one["terms"] == rules[0].terms
    assert one["user_message"] == rules[0].user_message
    assert "approved_by" not in one


def test_a_service_of_another_history_begins_anew(rules: list[PromptRule]) -> None:
    assert told(newest() + 5)["since"] == 0
    assert len(told(newest() + 5)["rules"]) == 3


def test_what_one_transaction_changed_is_never_torn(rules: list[PromptRule]) -> None:
    for rule in rules:
        rule.id = uuid.uuid4()
    PromptRule.objects.bulk_create(rules)  # one statement, one version
    found = told(newest() - 1, at_once=1)
    assert (len(found["rules"]), found["more"]) == (3, False)
    found = told(0, at_once=2)
    assert (len(found["rules"]), found["more"]) == (2, True)


@pytest.mark.django_db(transaction=True)
def test_a_service_that_follows_the_changes_holds_what_is_in_force(committed_db: None) -> None:
    held: dict[str, Any] = {}
    version, made = 0, []
    for step in range(6):
        if step % 3 == 2:
            end_rule(made.pop(0).id, actor=ENO, at=NOW, reason="case_restored")
        else:
            new = new_rule(terms=[TermText(f"Zorblax {step}", "en")])
            made.append(create_rule(new, actor=ENO, at=NOW))
        if step in {1, 4, 5}:
            more = True
            while more:
                page = told(version, at_once=1)
                held |= {rule["id"]: rule for rule in page["rules"]}
                held = {id: rule for id, rule in held.items() if id not in page["ended"]}
                version, more = page["version"], page["more"]
            assert set(held) == {str(rule.id) for rule in made}
            assert version == newest()
    assert told(version)["rules"] == told(version)["ended"] == []


@pytest.fixture
def key(cast: Cast) -> dict[str, str]:
    return {"authorization": f"Bearer {issue_token(cast.eno, 'feed', now=NOW)}"}


def test_the_answer_is_signed_and_nothing_new_is_not_sent_again(
    rules: list[PromptRule], key: dict[str, str]
) -> None:
    answer = Client().get(PATH, headers=key)
    assert answer.status_code == 200
    signer = Ed25519PublicKey.from_public_bytes(base64.b64decode(answer["Redress-Key"]))
    signer.verify(base64.b64decode(answer["Redress-Signature"]), answer.content)
    again = Client().get(PATH, headers={**key, "if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    delta = Client().get(
        f"{PATH}?since={newest()}", headers={**key, "if-none-match": answer["ETag"]}
    )
    assert (delta.status_code, delta.json()["rules"]) == (200, [])


@pytest.mark.parametrize("since", ["-1", "x", "1.5", "9" * 30])
def test_a_version_that_is_none_is_refused(key: dict[str, str], since: str) -> None:
    answer = Client().get(f"{PATH}?since={since}", headers=key)
    assert answer.status_code == 400
    assert "whole number" in answer.content.decode()


def test_a_key_of_the_operators_own_signs(key: dict[str, str], settings: LazySettings) -> None:
    before = Client().get(PATH, headers=key)["Redress-Key"]
    settings.FEED_SIGNING_KEY = base64.b64encode(b"k" * 32).decode()
    assert Client().get(PATH, headers=key)["Redress-Key"] != before
