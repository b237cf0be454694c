"""Lists between providers: signed, versioned, without personal data, and nothing of them lives by itself."""

import base64
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from common.actors import Actor
from common.errors import Conflict
from config.checks import rule_lists_can_be_signed
from evidence.models import LedgerEntry
from screening.lists import BadList, read_list
from screening.models import PromptRule, RuleList, RuleProposal
from screening.rules import TermText
from screening.services.lists import export_list, import_list, refuse_proposal
from screening.services.rules import create_rule
from screening.signing import public_key
from tests.screening.asking import NOW, new_rule

pytestmark = pytest.mark.django_db
ENO = Actor("staff", "eno")
BRUSH = Ed25519PrivateKey.from_private_bytes(b"b" * 32)
BRUSH_KEY = base64.b64encode(BRUSH.public_key().public_bytes_raw()).decode()
NEW = Ed25519PrivateKey.from_private_bytes(b"n" * 32)
NEW_KEY = base64.b64encode(NEW.public_key().public_bytes_raw()).decode()
IDS = [f"00000000-0000-4000-8000-00000000000{n}" for n in range(5)]


def listed(number: int, name: str = "Zorblax", **more: Any) -> dict[str, Any]:
    told = {
        "id": IDS[number],
        "terms": [{"text": name, "language": "en"}, {"text": "佐布拉", "language": "zh-Hans"}],
        "allow_phrases": ["zorblax museum"],
        "fields": ["prompt"],
        "territory": "",
        "mode": "block",
        "reason": "copyright_notice",
        "expires": None,
    }
    return told | more


def signed(*rules: dict[str, Any], version: int = 1, signer: Any = BRUSH, **more: Any) -> bytes:
    told = {"format": "redress.rule-list/1", "version": version, "rules": list(rules)} | more
    payload = json.dumps(told, ensure_ascii=False)
    signature = base64.b64encode(signer.sign(payload.encode())).decode()
    return json.dumps({"payload": payload, "signature": signature}).encode()


@pytest.fixture(autouse=True)
def partner(settings: LazySettings) -> None:
    settings.FEED_PROVIDERS = json.dumps({"Brush AI": BRUSH_KEY})


def states() -> dict[str, str]:
    return {str(one.foreign_id)[-1]: one.state for one in RuleProposal.objects.order_by("id")}


def test_what_leaves_the_house_is_terms_and_nothing_about_people() -> None:
    create_rule(
        new_rule(work="Ultra", owner="Nora Lind", ordered_by="staff:tara"), actor=ENO, at=NOW
    )
    create_rule(new_rule(terms=[TermText("Nora Lind", "en")], names_person=True), actor=ENO, at=NOW)
    again = [TermText("NORA  LIND", "en"), TermText("Fox", "en")]  # ordered without the tick
    create_rule(new_rule(terms=again), actor=ENO, at=NOW)
    create_rule(new_rule(terms=[TermText("Watched", "en")], mode="shadow"), actor=ENO, at=NOW)
    content = export_list("Acme AI", actor=ENO, now=NOW)
    found = read_list(content, {"Acme AI": public_key()})
    [only] = found.rules
    assert [term["text"] for term in only.content["terms"]] == ["Ultraman", "奥特曼"]
    for private in (
        "Nora",
        "NORA",
        "Fox",
        "staff",
        "N-2026",
        "redress.example",
        "Watched",
        'Ultra\\"',
    ):
        assert private not in content.decode()
    assert LedgerEntry.objects.filter(event="rule_list.exported").count() == 1


def test_what_comes_in_waits_for_a_person() -> None:
    brought = import_list(signed(listed(0), listed(1, "Voskaria")), actor=ENO, now=NOW)
    assert (brought.new, brought.withdrawn) == (2, 0)
    assert states() == {"0": "waiting", "1": "waiting"}
    assert not PromptRule.objects.exists()


def test_a_newer_list_brings_what_changed_and_takes_back_what_is_gone() -> None:
    import_list(signed(listed(0), listed(1), listed(2)), actor=ENO, now=NOW)
    refused = RuleProposal.objects.get(foreign_id=IDS[2])
    refuse_proposal(refused.id, "Too short.", actor=ENO, now=NOW)
    brought = import_list(
        signed(listed(0), listed(1, "Changed"), listed(3), version=2), actor=ENO, now=NOW
    )
    assert (brought.new, brought.withdrawn) == (2, 1)
    rows = RuleProposal.objects.order_by("foreign_id", "source__version")
    assert [(str(r.foreign_id)[-1], r.state, bool(r.gone_at)) for r in rows] == [
        ("0", "waiting", False),
        ("1", "withdrawn", True),
        ("1", "waiting", False),
        ("2", "refused", True),
        ("3", "waiting", False),
    ]


@pytest.mark.parametrize("version", [1, 2])
def test_an_old_list_is_refused(version: int) -> None:
    import_list(signed(listed(0), version=2), actor=ENO, now=NOW)
    with pytest.raises(Conflict):
        import_list(signed(version=version), actor=ENO, now=NOW)
    assert states() == {"0": "waiting"}


@pytest.mark.parametrize(
    ("known", "signer"),
    [
        ({"Brush": BRUSH_KEY}, BRUSH),
        ({"Brush AI": NEW_KEY}, NEW),
    ],
    ids=["another name", "another key"],
)
def test_a_provider_that_is_renamed_here_or_changes_its_key_goes_on_with_its_numbers(
    settings: LazySettings, known: dict[str, str], signer: Ed25519PrivateKey
) -> None:
    import_list(signed(listed(0), version=2), actor=ENO, now=NOW)
    settings.FEED_PROVIDERS = json.dumps(known)
    with pytest.raises(Conflict):
        import_list(signed(version=1, signer=signer), actor=ENO, now=NOW)
    assert states() == {"0": "waiting"}
    brought = import_list(signed(listed(0), version=3, signer=signer), actor=ENO, now=NOW)
    assert (brought.new, brought.withdrawn) == (0, 0)
    assert import_list(signed(version=4, signer=signer), actor=ENO, now=NOW).withdrawn == 1


def test_a_rule_that_was_refused_is_not_proposed_again_unchanged() -> None:
    import_list(signed(listed(0)), actor=ENO, now=NOW)
    refuse_proposal(RuleProposal.objects.get().id, "No.", actor=ENO, now=NOW)
    assert import_list(signed(listed(0), version=2), actor=ENO, now=NOW).new == 0


def changed(content: bytes) -> bytes:
    return content.replace(b"Zorblax", b"Zorblux")


BAD = [
    b"",
    b"[]",
    b"\xff",
    b"[" * 100_000,
    b'{"payload": 7, "signature": "x"}',
    changed(signed(listed(0))),
    signed(listed(0), signer=Ed25519PrivateKey.from_private_bytes(b"x" * 32)),
    signed(listed(0), format="other"),
    signed(listed(0), version="1"),  # type: ignore[arg-type]
    signed(listed(0), version=True),
    signed(listed(0), rules={}),
    signed(listed(0), listed(0)),
    signed(listed(0, "a")),
    signed(listed(0, terms=[])),
    signed(listed(0, terms="Zorblax")),
    signed(listed(0, terms=[{"text": 7, "language": "en"}])),
    signed(listed(0, terms=[{"text": "Zorblax", "language": "English!"}])),
    signed(listed(0, fields=["body"])),
    signed(listed(0, fields=[["prompt"]])),
    signed(listed(0, mode="burn")),
    signed(listed(0, territory="China")),
    signed(listed(0, expires="soon")),
    signed(listed(0, expires="2027-01-01T00:00:00")),
    signed(listed(0, id="x")),
    signed({"id": IDS[0]}),
    signed(7),  # type: ignore[arg-type]
]


@pytest.mark.parametrize("content", BAD, ids=range(len(BAD)))
def test_of_a_list_that_is_not_right_nothing_is_taken(content: bytes) -> None:
    with pytest.raises(BadList):
        import_list(content, actor=ENO, now=NOW)
    assert not RuleList.objects.exists()


def test_what_a_rule_says_besides_is_left_out() -> None:
    import_list(signed(listed(0, owner="Nora Lind")), actor=ENO, now=NOW)
    assert "Nora" not in str(RuleProposal.objects.get().content)


def test_the_commands_say_what_they_did(tmp_path: Path) -> None:
    create_rule(new_rule(), actor=ENO, at=NOW)
    out, file = StringIO(), tmp_path / "list.json"
    call_command("rule_lists", "export", str(file), stdout=out)
    call_command("rule_lists", "key", stdout=out)
    assert public_key() in out.getvalue()
    with pytest.raises(CommandError, match="FEED_PROVIDERS"):
        call_command("rule_lists", "import", str(file))
    file.write_bytes(signed(listed(0)))
    call_command("rule_lists", "import", str(file), stdout=out)
    assert "Brush AI, version 1: 1 proposals are new" in out.getvalue()
    for wrong in (["import"], ["import", str(tmp_path / "none.json")]):
        with pytest.raises(CommandError):
            call_command("rule_lists", *wrong)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FEED_PROVIDERS", "Brush AI"),
        ("FEED_PROVIDERS", '["Brush AI"]'),
        ("FEED_PROVIDERS", '{"Brush AI": "x"}'),
        ("FEED_PROVIDERS", '{"Brush AI": 7}'),
        ("FEED_SIGNING_KEY", "short"),
    ],
)
def test_a_key_that_is_none_is_found_before_the_first_request(
    settings: LazySettings, name: str, value: str
) -> None:
    setattr(settings, name, value)
    assert [found.id for found in rule_lists_can_be_signed(None)] == ["redress.E005"]
