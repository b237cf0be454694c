"""What LiteLLM asks is understood, and answered in its words. The real proxy: `script/proof litellm`."""

import json
import logging
import time
from typing import Any

import pytest

from screening.engine.matcher import RuleSet
from screening.engine.rules import Mode, Rule
from screening.guard.app import Engines, Guard
from screening.guard.checking import Checker
from screening.guard.confirming import Confirmations
from screening.guard.entries import Entry
from screening.guard.gateway import PATH, judge, respond
from screening.guard.gateway_reading import MOST_LETTERS, read
from screening.guard.keeper import Held
from screening.guard.options import Options
from tests.peers import captured
from tests.screening.asking import MESSAGE, NOW, rule
from tests.screening.callers import TOKEN, Answer, Caller
from tests.screening.test_asking_the_guard import StillKeeper

APPEAL = "https://redress.example/appeal/"
ULTRAMAN = rule(
    "Ultraman", "奥特曼", case="N-2026-000001-K", user_message=MESSAGE, appeal_url=APPEAL
)
CAREFUL = rule("Zorblax", version=2, mode=Mode.WARN, user_message=MESSAGE, appeal_url=APPEAL)


def ask(
    request: object, *rules: Rule, age: float = 0, loaded: bool = True, **environ: Any
) -> Answer:
    """What the guard answers LiteLLM."""
    held = Held(RuleSet.build(rules or (ULTRAMAN, CAREFUL), 7), NOW, time.monotonic() - age)
    keeper = StillKeeper(held if loaded else None)
    guard = Guard(keeper, Options(TOKEN, 30), "https://redress.example")  # type: ignore[arg-type]
    body = request if isinstance(request, bytes) else json.dumps(request).encode()
    return Caller(guard, token=None).send(
        body, **{"PATH_INFO": PATH, "HTTP_X_API_KEY": TOKEN} | environ
    )


def action(request: object, *rules: Rule) -> Any:
    answered = ask(request, *rules)
    assert answered.status == 200
    return answered.body["action"]


def test_a_block_is_told_in_capitals_with_a_reason_in_both_languages() -> None:
    told = ask(captured.image("draw Ｕltra\u200bman")).body
    name = told.pop("id")
    assert name.startswith("gw_")
    assert told.pop("blocked_reason") == (
        f"该角色形象受保护。 申诉：{APPEAL} 编号：{name}\n"
        f"This character is protected. To appeal: {APPEAL} Reference: {name}"
    )
    assert told == {
        "action": "BLOCKED",
        "decision": "block",
        "rule": str(ULTRAMAN.id),
        "case": "N-2026-000001-K",
        "rule_set_version": 7,
        "notes": [],
    }


def test_what_names_no_work_passes_without_a_reason() -> None:
    told = ask(captured.chat("an Ultra manual")).body
    assert (told["action"], told["decision"], told["rule"]) == ("NONE", "allow", None)
    assert "blocked_reason" not in told
    assert "texts" not in told


@pytest.mark.parametrize(
    ("changes", "start"),
    [
        ({"additional_provider_specific_params": {"language": "zh-Hans"}}, "该角色"),
        ({"additional_provider_specific_params": {"language": "en"}}, "This character"),
        ({"request_headers": {"Accept-Language": "zh-TW,zh;q=0.9,en;q=0.8"}}, "该角色"),
        ({"request_headers": {"accept-language": "fr, en-GB;q=0.7"}}, "This character"),
    ],
)
def test_a_language_that_is_known_is_the_only_one_spoken(
    changes: dict[str, Any], start: str
) -> None:
    reason = ask(captured.chat("Ultraman", **changes)).body["blocked_reason"]
    assert reason.startswith(start)
    assert "\n" not in reason


@pytest.mark.parametrize(
    "request_",
    [
        captured.chat("hello", "and now Ultraman"),
        captured.answer("Here is your Ultraman."),
        captured.image("hello", texts=["a cat", "奧特曼"]),
        captured.chat("hello", structured_messages=[{"role": "user", "content": "Ultraman"}]),
        captured.chat(
            "hello",
            structured_messages=[
                {"role": "user", "content": [{"type": "text", "text": "Ultraman"}]}
            ],
        ),
        captured.chat(
            "draw Ultra",
            "man",
            structured_messages=[
                {
                    "role": "user",
                    "content": [
                        {"type": "text", "text": "draw Ultra"},
                        {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}},
                        {"type": "text", "text": "man"},
                    ],
                }
            ],
        ),
        captured.answer(
            texts=[],
            tool_calls=[
                {
                    "id": "call_1",
                    "type": "function",
                    "function": {
                        "name": "draw",
                        "arguments": '{"prompt": "\\u5965\\u7279\\u66fc"}',
                    },
                }
            ],
        ),
        captured.answer(texts=[], tool_calls=[{"function": {"arguments": '{"prompt": "Ultraman'}}]),
    ],
)
def test_a_name_is_found_wherever_it_may_reach_a_model(request_: dict[str, Any]) -> None:
    assert action(request_) == "BLOCKED"


def test_what_two_sides_of_a_conversation_say_is_not_joined() -> None:
    said = [{"role": "user", "content": "ultra"}, {"role": "assistant", "content": "man"}]
    assert action(captured.chat("ultra", "man", structured_messages=said)) == "NONE"


def test_pictures_and_tools_are_not_looked_at_and_that_is_said() -> None:
    many = captured.chat(images=["data:image/png;base64,AA=="], tools=[{"type": "function"}])
    assert ask(many).body["notes"] == ["images-not-checked", "tools-not-checked"]


def test_a_warning_stops_at_a_gateway_unless_a_service_behind_it_asks_for_the_confirmation() -> (
    None
):
    told = ask(captured.chat("a Zorblax", request_headers={"accept-language": "en"})).body
    assert (told["action"], told["decision"]) == ("BLOCKED", "warn")
    assert "You may confirm it where the service asks you to." in told["blocked_reason"]
    passing = {"on_warn": "pass"}
    assert action(captured.chat("a Zorblax", additional_provider_specific_params=passing)) == "NONE"
    assert (
        action(captured.chat("an Ultraman", additional_provider_specific_params=passing))
        == "BLOCKED"
    )


def test_a_shadow_rule_is_named_and_lets_pass() -> None:
    shadow = rule("fox", mode=Mode.SHADOW, user_message=MESSAGE)
    told = ask(captured.chat("a fox"), shadow).body
    assert (told["action"], told["rule"]) == ("NONE", str(shadow.id))


def test_the_strongest_and_then_the_oldest_rule_answers_for_all_texts() -> None:
    asked = read(json.dumps(captured.chat("Zorblax", "a fox", "Ultraman")).encode())
    shadow = rule("fox", version=0, mode=Mode.SHADOW)
    judged = judge(asked, RuleSet.build([ULTRAMAN, CAREFUL, shadow], 1), NOW)
    assert (judged.decision.rule, judged.text) == (ULTRAMAN, "Ultraman")
    judged = judge(asked, RuleSet.build([CAREFUL, shadow], 1), NOW)
    assert (judged.decision.rule, judged.text) == (CAREFUL, "Zorblax")
    assert judge(asked, RuleSet(), NOW).decision.rule is None


def test_the_end_user_is_whom_the_platform_names_and_numbers_may_be_missing() -> None:
    known = read(json.dumps(captured.chat("x")).encode())
    assert (known.user, known.call) == ("end-user-7", "979f0b9e-6a9c-4f3c-8a66-2f3f8f6d9a01")
    unknown = read(json.dumps(captured.image("x")).encode())
    assert (unknown.user, unknown.call, unknown.language) == (None, None, None)


def test_each_decision_goes_to_the_record_of_the_end_user() -> None:
    kept: list[tuple[Any, ...]] = []
    held = Held(RuleSet.build([ULTRAMAN], 7), NOW, time.monotonic())
    request = json.dumps(captured.chat("hello", "x" * 20_001 + " Ultraman")).encode()
    told = respond(request, lambda: held, note=lambda *noted: kept.append(noted))
    ((check, decision, number, at),) = kept
    assert (check.user, check.surface, len(check.prompt)) == ("end-user-7", "litellm", 20_000)
    assert (decision.rule, told["id"]) == (ULTRAMAN, f"gw_{number.hex}")
    assert at >= NOW


def test_the_record_tells_gateway_and_end_user_under_the_number_that_the_user_was_told() -> None:
    rows: list[tuple[Any, ...]] = []

    class Record:
        def note(self, entry: Entry) -> None:
            rows.append(entry.row)

    checker = Checker(Confirmations(b"k" * 32), record=Record())  # type: ignore[arg-type]
    held = Held(RuleSet.build([ULTRAMAN], 7), NOW, time.monotonic())
    engines = Engines(checker=checker)
    guard = Guard(StillKeeper(held), Options(TOKEN, 30), "https://r.example", engines)  # type: ignore[arg-type]
    request = json.dumps(captured.chat("hello", "Ultraman")).encode()
    told = Caller(guard, token=None).send(request, PATH_INFO=PATH, HTTP_X_API_KEY=TOKEN).body
    ((number, _at, *row),) = rows
    assert told["id"] == f"gw_{number.hex}"
    assert row[:5] == ["end-user-7", "litellm", ULTRAMAN.id, "block", "block"]
    assert json.loads(row[6]) == {"prompt": "Ultraman"}


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"input_type": "Request"}, "/input_type"),
        ({"input_type": None}, "/input_type"),
        ({"texts": "Ultraman"}, "/texts"),
        ({"texts": None, "structured_messages": None}, "/texts"),
        ({"texts": [["Ultraman"]]}, "/texts"),
        ({"texts": [{"type": "text", "text": "Ultraman"}]}, "/texts"),
        ({"texts": ["x" * (MOST_LETTERS + 1)]}, "/texts"),
        ({"texts": ["\ud800"]}, "/texts"),
        ({"structured_messages": ["Ultraman"]}, "/structured_messages"),
        ({"structured_messages": [{"content": "Ultraman"}]}, "/structured_messages"),
        ({"structured_messages": [{"role": "user", "content": 7}]}, "/structured_messages"),
        (
            {"structured_messages": [{"role": "user", "content": ["Ultraman"]}]},
            "/structured_messages",
        ),
        ({"tool_calls": {}}, "/tool_calls"),
        ({"tool_calls": [{"function": "Ultraman"}]}, "/tool_calls"),
        ({"tool_calls": [{"function": {"arguments": {}}}]}, "/tool_calls"),
        ({"request_data": []}, "/request_data"),
        ({"request_data": {"user_api_key_end_user_id": 7}}, "/request_data"),
        ({"request_data": {"user_api_key_end_user_id": "x" * 201}}, "/request_data"),
        ({"request_headers": {"host": 7}}, "/request_headers"),
        ({"images": "x"}, "/images"),
        ({"tools": "x"}, "/tools"),
        ({"model": 7}, "/model"),
        (
            {"additional_provider_specific_params": {"language": "fr"}},
            "/additional_provider_specific_params",
        ),
        (
            {"additional_provider_specific_params": {"on_warn": "allow"}},
            "/additional_provider_specific_params",
        ),
        ({"prompts": ["Ultraman"]}, "/prompts"),
        ({"a/b": "Ultraman"}, "/a~1b"),
    ],
)
def test_a_shape_that_is_not_known_is_refused_by_its_field(
    changes: dict[str, Any], pointer: str, caplog: pytest.LogCaptureFixture
) -> None:
    answered = ask(captured.chat("hello") | changes)
    assert answered.status == 422
    assert [error["pointer"] for error in answered.body["errors"]] == [pointer]
    assert answered.body["detail"] in caplog.text
    assert "Ultraman" not in caplog.text


@pytest.mark.parametrize(
    ("body", "status"), [(b"", 400), (b"texts=x", 400), (b"[]", 422), (b"null", 422), (b"{}", 422)]
)
def test_a_body_that_is_no_request_is_refused(body: bytes, status: int) -> None:
    assert ask(body).status == status


def test_a_field_that_is_new_and_empty_is_no_reason_to_stop() -> None:
    assert action(captured.chat("hello") | {"invented_later": None}) == "NONE"


@pytest.mark.parametrize("key", ["", "wrong", TOKEN + "x", "ünï"])
def test_without_the_key_there_is_no_answer(key: str) -> None:
    answered = ask(captured.chat("hello"), HTTP_X_API_KEY=key)
    assert (answered.status, "x-api-key" in answered.body["detail"]) == (401, True)


def test_a_token_in_the_other_header_does_not_open_this_door() -> None:
    bearer = {"HTTP_AUTHORIZATION": f"Bearer {TOKEN}", "HTTP_X_API_KEY": ""}
    assert ask(captured.chat("hello"), **bearer).status == 401


@pytest.mark.parametrize("closed", [{"age": 31}, {"loaded": False}])
def test_a_guard_that_cannot_say_blocks_since_an_error_might_be_let_through(
    closed: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    answered = ask(captured.chat("hello"), **closed)
    told = answered.body
    assert (answered.status, told["action"], told["decision"]) == (200, "BLOCKED", None)
    assert "受保护作品检查服务暂时不可用" in told["blocked_reason"]
    assert "is not available at the moment" in told["blocked_reason"]
    assert told["id"] in caplog.text


def test_an_error_of_our_own_blocks_and_does_not_log_the_prompt(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(RuleSet, "decide", fail)
    told = ask(captured.chat("a very private prompt")).body
    assert (told["action"], told["notes"]) == ("BLOCKED", ["guard-failed"])
    assert "boom" in caplog.text
    assert "private" not in caplog.text
