"""At the desk: how a block is ordered and tried before it lives, each rule's birth certificate, and a user's prompts."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common.actors import SETUP
from measures.models import Measure
from measures.services.approval import approve
from notices.models import Case, ClaimedItem
from notices.services.claims import claim
from screening.models import LostChecks, PromptRule, RuleProposal
from screening.services.lists import export_list
from screening.services.rules import create_rule, end_rule
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import FILED, Stage
from tests.database import Clock
from tests.screening.asking import new_rule
from tests.screening.recording import match, recorded
from tests.screening.test_rule_lists import BRUSH_KEY, listed, signed
from users.models import User

NOW = FILED + timedelta(hours=2)
REASONS = {"reasons_en": "The very same mask.", "reasons_zh": "面具相同。"}


@pytest.fixture(autouse=True)
def noon(clock: Clock, settings: LazySettings) -> None:
    clock.set(NOW)
    settings.STAFF_MFA_REQUIRED = False
    settings.FEED_PROVIDERS = json.dumps({"Brush AI": BRUSH_KEY})


@pytest.fixture
def case(stage: Stage) -> Case:
    """Tara works on a notice about one output."""
    return claim(stage.filed().id, user=stage.tara, now=NOW)


def client(user: User) -> Client:
    made = Client()
    made.force_login(user)
    return made


def uphold(stage: Stage, case: Case, name: str = "desk-uphold", **more: Any) -> tuple[int, str]:
    """Press on the form of upholding, with a block of one name unless something else is said."""
    item = ClaimedItem.objects.get(notice__case=case)
    told = {**REASONS, "items": [str(item.id)], "families": ["prompt_block"], "terms": "Zorblax"}
    data = {f"uphold-{key}": value for key, value in (told | more).items()}
    answer: HttpResponse = client(stage.tara).post(  # type: ignore[assignment]
        reverse(name, args=[case.reference]), data
    )
    return answer.status_code, answer.content.decode()


def shown(user: User, name: str, *args: Any, query: str = "") -> str:
    answer = client(user).get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_everything_that_was_chosen_is_in_the_birth_certificate(stage: Stage, case: Case) -> None:
    chosen = {
        "terms": "Zorblax\n佐布拉\nトトロ\nZorblaks [de]",
        "aliases": "Blue Zorb",
        "allow_phrases": "zorblax museum",
        "mode": "warn",
        "negative_too": "on",
        "territory": "cn",
        "expires_at": "2027-01-31",
        "names_person": "on",
    }
    assert uphold(stage, case, **chosen)[0] == 302
    rule = PromptRule.objects.get()
    assert [(t["text"], t["language"], t.get("alias", False)) for t in rule.terms] == [
        ("Zorblax", "en", False),
        ("佐布拉", "zh-Hans", False),
        ("トトロ", "ja", False),
        ("Zorblaks", "de", False),
        ("Blue Zorb", "en", True),
    ]
    assert (rule.mode, rule.territory, rule.names_person) == ("warn", "CN", True)
    assert (rule.allow_phrases, rule.fields) == (["zorblax museum"], ["prompt", "negative_prompt"])
    assert rule.expires_at == datetime(2027, 1, 31, 16, 0, tzinfo=UTC)  # the day ends in Shanghai
    assert (rule.work, rule.owner) == ("Fox Spirit", "Nora Lind")
    assert rule.ordered_by == rule.approved_by == f"staff:{stage.tara.id}"
    page = shown(stage.tara, "desk-rule", rule.id)
    for told in ("Zorblax", "佐布拉", "Blue Zorb", "alias", "zorblax museum", "CN", case.reference):
        assert told in page
    assert "Fox Spirit" in page
    assert "Nora Lind" in page
    assert "Never: a term names a real person" in page
    assert page.count("Tara") >= 2


def test_what_is_left_as_it_stands_blocks_in_the_prompt_everywhere(
    stage: Stage, case: Case
) -> None:
    assert uphold(stage, case)[0] == 302
    rule = PromptRule.objects.get()
    assert (rule.mode, rule.fields, rule.territory) == ("block", ["prompt"], "")
    assert (rule.expires_at, rule.allow_phrases, rule.names_person) == (None, [], False)


@pytest.mark.parametrize(
    "wrong",
    [
        {"territory": "1x"},
        {"expires_at": "tomorrow"},
        {"expires_at": "2020-01-01"},
        {"terms": "a"},
        {"terms": "", "aliases": "Blue Zorb"},
        {"allow_phrases": "Zorblax"},
        {"mode": "burn"},
    ],
)
def test_nothing_typed_is_lost_when_a_rule_cannot_be(
    stage: Stage, case: Case, wrong: Mapping[str, Any]
) -> None:
    typed = {"aliases": "Blue Zorb", "allow_phrases": "zorblax museum", "territory": "CN"}
    status, page = uphold(stage, case, **(typed | dict(wrong)))
    assert status == 422
    assert not PromptRule.objects.exists()
    assert "There is a problem" in page
    for word in (typed | dict(wrong)).values():
        if isinstance(word, str) and word not in {"burn"}:
            assert word in page
    seen = '<details class="choice" open><summary>How prompts are blocked' in page
    assert seen or "terms" in wrong, "what is wrong must not be folded away"


def test_a_rule_is_tried_before_it_is_ordered(stage: Stage, case: Case) -> None:
    recorded(None, NOW, prompt={"prompt": "my private Zorblax & friends"}, user_external_id="")
    status, page = uphold(stage, case, "desk-touch", mode="warn", aliases="Blue Zorb")
    assert status == 200
    assert "What this rule would meet" in page
    assert "my private <mark>Zorblax</mark> &amp; friends" in page
    assert '<option value="warn" selected>' in page
    assert "Blue Zorb" in page
    assert not Measure.objects.exists()
    wide = uphold(stage, case, "desk-touch", terms="light")[1]
    assert "Needs a second person" in wide


def test_the_second_person_sees_the_hit_list_and_the_rule_that_watches(
    stage: Stage, case: Case
) -> None:
    assert uphold(stage, case, terms="light")[0] == 302
    page = shown(stage.dan, "desk-approvals")
    assert "What this rule would meet" in page
    assert "<mark>light</mark>" in page
    rule = PromptRule.objects.get()
    assert reverse("desk-rule", args=[rule.id]) in page
    recorded(rule.id, NOW, mode="shadow", outcome="allow", prompt={"prompt": "soft light, 8k"},
             matches=[{"field": "prompt", "start": 5, "end": 10, "term": "light", "how": []}])  # fmt: skip
    watching = shown(stage.dan, "desk-rule", rule.id)
    assert "What it would have stopped" in watching
    assert "soft <mark>light</mark>, 8k" in watching
    approve(Measure.objects.get().id, user=stage.dan, now=NOW)
    assert "It watched until a second person agreed" in shown(stage.dan, "desk-rule", rule.id)


def test_the_list_tells_state_hits_and_end(stage: Stage, case: Case) -> None:
    uphold(stage, case)
    rule = PromptRule.objects.get()
    for name in ("u_paul", "u_pia"):
        recorded(rule.id, NOW, user_external_id=name)
    gone = create_rule(new_rule(case_id=case.id), actor=SETUP, at=NOW)
    end_rule(gone.id, actor=SETUP, at=NOW, reason="withdrawn")
    LostChecks.objects.create(at=NOW, worker="here:1", number=7)
    page = shown(stage.tara, "desk-rules")
    assert "Zorblax" in page
    assert "2 users" in page
    assert "with the case" in page
    assert "Ultraman" not in page
    assert "7 prompt checks of the last 7 days could not be put on record" in page
    assert "Ultraman" in shown(stage.tara, "desk-rules", query="?show=ended")
    assert "Zorblax" not in shown(stage.tara, "desk-rules", query="?show=watching")
    assert "The notice was withdrawn." in shown(stage.tara, "desk-rule", gone.id)


def test_one_is_told_as_one_and_two_as_two(stage: Stage, case: Case) -> None:
    uphold(stage, case)
    rule = PromptRule.objects.get()
    recorded(rule.id, NOW)
    one = "In 7 days: 1 prompt · 1 user · 0 confirmed after a warning"
    assert one in shown(stage.tara, "desk-rule", rule.id)
    recorded(rule.id, NOW, user_external_id="u_pia")
    assert "2 prompts · 2 users" in shown(stage.tara, "desk-rule", rule.id)


def test_a_users_page_shows_signs_and_never_acts(stage: Stage, case: Case) -> None:
    uphold(stage, case)
    rule = PromptRule.objects.get()
    for number in range(5):
        recorded(rule.id, NOW - timedelta(minutes=number), matches=[match("leet")])
    recorded(rule.id, NOW, prompt=None)
    page = shown(stage.tara, "desk-prompts", query="?user=u_paul")
    assert "6 prompts between" in page
    assert "The name was disguised in 5; 0 were let pass." in page
    assert "the text was wiped; these are the terms" in page
    assert "nothing follows from it by itself" in page
    assert "None is on record." in shown(stage.tara, "desk-prompts", query="?user=u_pia")
    assert not Measure.objects.filter(family="user_sanction").exists()


def take_in(user: User, content: bytes) -> HttpResponse:
    file = SimpleUploadedFile("list.json", content, "application/json")
    return client(user).post(reverse("desk-rule-lists"), {"file": file})  # type: ignore[return-value]


def decide(user: User, proposal: RuleProposal, **data: str) -> tuple[int, str]:
    address = reverse("desk-rule-proposal", args=[proposal.id])
    answer: HttpResponse = client(user).post(address, data)  # type: ignore[assignment]
    return answer.status_code, answer.content.decode()


def test_a_list_is_taken_in_by_one_and_decided_by_another(stage: Stage, case: Case) -> None:
    assert uphold(stage, case, families=[])[0] == 302
    assert take_in(stage.dan, b"no list").status_code == 422
    assert take_in(stage.tara, signed(listed(0))).status_code == 302
    proposal = RuleProposal.objects.get()
    assert "Zorblax" in shown(stage.dan, "desk-rule-lists")
    assert "What this rule would meet" in shown(stage.dan, "desk-rule-proposal", proposal.id)
    taking = {"act": "take", "reference": case.reference, "mode": "warn"}
    assert decide(stage.tara, proposal, **taking)[0] == 403
    for reference in ("N-2026-999999-X", "whatever"):
        status, page = decide(stage.dan, proposal, **(taking | {"reference": reference}))
        assert status == 422
        assert reference in page
    assert decide(stage.dan, proposal, **taking)[0] == 302
    rule = PromptRule.objects.get()
    assert (rule.case_id, rule.mode, rule.approved_by) == (case.id, "warn", f"staff:{stage.dan.id}")
    assert RuleProposal.objects.get().state == "approved"
    assert decide(stage.dan, proposal, **taking)[0] == 409


@pytest.mark.parametrize(("ticked", "shared"), [({"names_person": "on"}, False), ({}, True)])
def test_a_listed_name_goes_on_to_others_only_when_somebody_says_it_is_nobodys(
    stage: Stage, case: Case, ticked: dict[str, str], shared: bool
) -> None:
    uphold(stage, case, families=[])
    take_in(stage.tara, signed(listed(0)))
    proposal = RuleProposal.objects.get()
    page = shown(stage.dan, "desk-rule-proposal", proposal.id)
    assert re.search(r'name="names_person"[^>]* checked', page)
    taking = {"act": "take", "reference": case.reference, "mode": "block", **ticked}
    assert decide(stage.dan, proposal, **taking)[0] == 302
    assert PromptRule.objects.get().names_person is not shared
    assert (b"Zorblax" in export_list("Ours", actor=SETUP, now=NOW)) == shared


def test_whoever_took_a_list_in_decides_nothing_of_it(stage: Stage, case: Case) -> None:
    uphold(stage, case, families=[])
    take_in(stage.dan, signed(listed(0)))
    proposal = RuleProposal.objects.get()
    taking = {"act": "take", "reference": case.reference, "mode": "block"}
    assert decide(stage.dan, proposal, **taking)[0] == 403
    assert not PromptRule.objects.exists()


def test_a_proposal_is_turned_down_with_a_reason(stage: Stage, case: Case) -> None:
    take_in(stage.tara, signed(listed(0)))
    proposal = RuleProposal.objects.get()
    assert decide(stage.dan, proposal, act="refuse", reason=" ")[0] == 422
    assert decide(stage.dan, proposal, act="refuse", reason="A common word here.")[0] == 302
    assert "A common word here." in shown(stage.dan, "desk-rule-proposal", proposal.id)


def test_pages_cost_as_many_queries_with_many_rules_as_with_few(stage: Stage, case: Case) -> None:
    def grow(number: int) -> None:
        for _n in range(number):
            rule = create_rule(new_rule(case_id=case.id), actor=SETUP, at=NOW)
            for name in ("u_paul", "u_pia"):
                recorded(rule.id, NOW, user_external_id=name)
        take_in(stage.tara, signed(*(listed(n % 5) for n in range(min(number, 5))), version=number))

    def counted() -> dict[str, int]:
        rule = PromptRule.objects.latest("created_at")
        proposal = RuleProposal.objects.filter(state="waiting").first()
        assert proposal is not None
        pages = {
            "rules": reverse("desk-rules"),
            "rule": reverse("desk-rule", args=[rule.id]),
            "prompts": reverse("desk-prompts") + "?user=u_paul",
            "lists": reverse("desk-rule-lists"),
            "proposal": reverse("desk-rule-proposal", args=[proposal.id]),
        }
        found, browser = {}, client(stage.dan)
        for name, address in pages.items():
            browser.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(address).status_code == 200
            found[name] = len(queries)
        return found

    grow(2)
    few = counted()
    grow(30)
    many = counted()
    assert {name: (few[name], many[name]) for name in few if many[name] > few[name]} == {}
