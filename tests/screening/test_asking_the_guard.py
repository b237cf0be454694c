"""What the guard answers, and what it refuses. Nothing bad is ever waved through."""

import json
import time
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from screening.engine.matcher import RuleSet
from screening.engine.rules import Mode
from screening.guard.app import Guard
from screening.guard.keeper import Held
from screening.guard.options import Options, from_environment
from tests.screening.asking import MESSAGE, NOW, rule
from tests.screening.callers import TOKEN, Caller


class StillKeeper:
    """A keeper whose rules come from the test."""

    def __init__(self, held: Held | None) -> None:
        self.held = held


def caller(*rules: Any, age: float = 0, loaded: bool = True) -> Caller:
    held = Held(RuleSet.build(rules, 7), NOW, time.monotonic() - age) if loaded else None
    return Caller(Guard(StillKeeper(held), Options(TOKEN, 30), "https://redress.example"))  # type: ignore[arg-type]


FOX = rule(
    "fox spirit",
    "狐妖",
    reason="character_protected",
    case="N-2026-000001-K",
    user_message=MESSAGE,
    appeal_url="https://redress.example/appeal/",
)


def test_a_block_says_which_rule_which_term_where_and_what_to_do() -> None:
    answer = caller(FOX).check(prompt="draw a 😀 Ｆox-spirit", user="u1", surface="web")
    assert answer.status == 200
    assert answer.body.pop("id").startswith("pc_")
    assert answer.body == {
        "decision": "block",
        "rule": {
            "id": str(FOX.id),
            "reason": "character_protected",
            "case": "N-2026-000001-K",
            "expires": None,
            "mode": "block",
        },
        "matches": [
            {
                "field": "prompt",
                "start": 9,
                "end": 19,
                "text": "Ｆox-spirit",
                "normalized": "fox spirit",
                "how": ["width"],
            }
        ],
        "user_message": MESSAGE,
        "appeal_url": "https://redress.example/appeal/",
        "rule_set_version": 7,
        "mode": "enforce",
        "confirmation": None,
    }


def test_an_innocent_prompt_is_allowed_and_nobody_is_told_anything() -> None:
    answer = caller(FOX).check(prompt="draw a fox", language="zh-Hans", territory="CN")
    assert (answer.status, answer.body["decision"], answer.body["rule"]) == (200, "allow", None)
    assert answer.body["matches"] == []
    assert answer.body["user_message"] is answer.body["appeal_url"] is None


def test_a_shadow_rule_is_told_to_the_service_and_not_to_the_user() -> None:
    answer = caller(rule("fox", mode=Mode.SHADOW, user_message=MESSAGE)).check(prompt="a fox").body
    assert (answer["decision"], answer["mode"]) == ("allow", "shadow")
    assert answer["rule"]["mode"] == "shadow"
    assert answer["user_message"] is None


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ({}, 422, "/prompt"),
        ({"negative_prompt": "x"}, 422, "/prompt"),
        ({"prompt": None}, 422, "/prompt"),
        ({"prompt": ["x"]}, 422, "/prompt"),
        ({"prompt": [{"type": "text", "text": "fox spirit"}]}, 422, "/prompt"),
        ({"prompt": {"text": "x"}}, 422, "/prompt"),
        ({"prompt": 7}, 422, "/prompt"),
        ({"prompt": True}, 422, "/prompt"),
        ({"prompt": "x" * 20_001}, 422, "/prompt"),
        ({"prompt": "x\ud800"}, 422, "/prompt"),
        ({"prompt": "x", "negative_prompt": None}, 422, "/negative_prompt"),
        ({"prompt": "x", "negative_prompt": "x" * 20_001}, 422, "/negative_prompt"),
        ({"prompt": "x", "Prompt": "y"}, 422, "/Prompt"),
        ({"prompt": "x", "a/b~": "y"}, 422, "/a~1b~0"),
        ({"prompt": "x", "user": 7}, 422, "/user"),
        ({"prompt": "x", "user": "x" * 201}, 422, "/user"),
        ({"prompt": "x", "surface": []}, 422, "/surface"),
        ({"prompt": "x", "language": "fr"}, 422, "/language"),
        ({"prompt": "x", "territory": "China"}, 422, "/territory"),
        ([], 422, ""),
        ("fox spirit", 422, ""),
        (None, 422, ""),
    ],
)
def test_a_body_we_do_not_understand_is_refused_by_its_field(
    body: object, status: int, pointer: str
) -> None:
    answer = caller(FOX).send(json.dumps(body).encode())
    assert answer.status == answer.body["status"] == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert [error["pointer"] for error in answer.body["errors"]] == [pointer]
    assert answer.body["type"] == "https://redress.example/problems/invalid-prompt-check/"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"prompt=x", 400),
        (b'{"prompt": "x"', 400),
        (b'{"prompt": "x"} {}', 400),
        (b'{"prompt": "\xff"}', 400),
        ('{"prompt": "x"}'.encode("utf-16"), 400),
        (b"[" * 100_000, 400),
        (b'{"prompt": ' + b"9" * 5_000 + b"}", 400),
        (b'{"prompt": "x", "prompt": "fox spirit"}', 422),
        (b'{"prompt": "' + b"x" * 1_000_000 + b'"}', 413),
    ],
)
def test_a_body_that_is_no_json_is_refused(body: bytes, status: int) -> None:
    assert caller(FOX).send(body).status == status


def test_other_addresses_methods_and_types_are_refused() -> None:
    guard = caller(FOX)
    body = b'{"prompt": "x"}'
    assert guard.send(body, PATH_INFO="/api/v1/other").status == 404
    assert guard.send(body, PATH_INFO="/api/v1/prompt-checks/").status == 404
    wrong = guard.send(body, REQUEST_METHOD="GET")
    assert (wrong.status, wrong.headers["Allow"]) == (405, "POST")
    assert guard.send(body, PATH_INFO="/healthz").status == 405
    assert guard.send(body, CONTENT_TYPE="text/plain").status == 415


@pytest.mark.parametrize("token", [None, "", "wrong", TOKEN + "x", "ünï"])
def test_without_the_token_there_is_no_answer(token: str | None) -> None:
    guard = caller(FOX)
    guard.token = token
    answer = guard.check(prompt="x")
    assert (answer.status, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_without_rules_or_with_stale_ones_the_guard_refuses() -> None:
    for closed in (caller(loaded=False), caller(FOX, age=31)):
        assert closed.check(prompt="x").status == 503
        assert closed.send(b"", REQUEST_METHOD="GET", PATH_INFO="/healthz").status == 503
    assert caller(FOX, age=29).check(prompt="x").status == 200


def test_an_error_of_our_own_refuses_and_does_not_log_the_prompt(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(RuleSet, "decide", fail)
    answer = caller(FOX).check(prompt="a very private prompt")
    assert (answer.status, answer.body["title"]) == (503, "Guard failed")
    assert "boom" in caplog.text
    assert "private" not in caplog.text


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"GUARD_TOKEN": "short"},
        {"GUARD_TOKEN": "ü" * 16},
        {"GUARD_TOKEN": TOKEN, "GUARD_MAX_STALE_SECONDS": "soon"},
        {"GUARD_TOKEN": TOKEN, "GUARD_MAX_STALE_SECONDS": "0"},
    ],
)
def test_the_guard_does_not_start_with_settings_that_make_no_sense(
    environment: dict[str, str],
) -> None:
    with pytest.raises(ImproperlyConfigured):
        from_environment(environment)


def test_the_token_may_lie_in_a_file(tmp_path: Any) -> None:
    (tmp_path / "token").write_text(TOKEN + "\n")
    assert from_environment({"GUARD_TOKEN_FILE": str(tmp_path / "token")}).token == TOKEN
