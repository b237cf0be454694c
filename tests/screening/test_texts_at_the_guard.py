"""Which texts the guard hands out, with which answer, and what it refuses."""

import time
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from openapi_spec_validator import validate

from screening.engine.matcher import RuleSet
from screening.engine.rules import Mode, Rule
from screening.guard.app import Engines, Guard
from screening.guard.display import Display
from screening.guard.keeper import Held
from screening.guard.options import Options
from screening.guard.texts import MOST_TOLD, Text, Texts
from screening.guard.writing import Writer
from tests.screening.asking import MESSAGE, NOW, rule
from tests.screening.callers import TOKEN, Answer, Caller
from tests.screening.display import WORDS
from tests.screening.display_contract import contract, hold
from tests.screening.test_asking_the_guard import StillKeeper

TEXTS = "/api/v1/display-texts"


def text(kind: str, **changes: Any) -> Text:
    given = {
        "id": uuid4(),
        "series": uuid4(),
        "number": 1,
        "kind": kind,
        "texts": WORDS,
        "case": "",
        "source": "",
        "in_force_from": NOW - timedelta(days=1),
        "in_force_until": None,
        "ended_at": None,
    }
    return Text(**(given | changes))


def held_texts(*texts: Text, **terms: Text) -> Texts:
    """These texts, and those that hang on the term of their name."""
    rules = [
        Rule(one.id, 1, (term.replace("_", " "),), mode=Mode.SHADOW) for term, one in terms.items()
    ]
    bound = frozenset(one.id for one in terms.values())
    return Texts(9, (*texts, *terms.values()), RuleSet.build(rules, 9), bound)


def caller(texts: Texts | None, *rules: Any, age: float = 0, finds: Any = None) -> Caller:
    held = None if texts is None else Held(texts, NOW, time.monotonic() - age)
    display = Display(StillKeeper(held), 30, Writer(lambda: pytest.fail("no proof")))  # type: ignore[arg-type]
    known = StillKeeper(Held(RuleSet.build(rules, 7), NOW, time.monotonic()))
    return Caller(
        Guard(known, Options(TOKEN, 30), "https://redress.example", Engines(finds, None, display))
    )  # type: ignore[arg-type]


class Finds:
    """A recogniser that finds works of these cases in whatever it is shown."""

    def __init__(self, *cases: str) -> None:
        self.cases = set(cases)

    def check(self, _body: bytes, _content_type: str) -> tuple[dict[str, object], set[str]]:
        return {"decision": "review"}, self.cases


def listed(guard: Caller, query: str = "") -> Answer:
    return guard.send(b"", REQUEST_METHOD="GET", PATH_INFO=TEXTS, QUERY_STRING=query)


def told(guard: Caller, prompt: str, **more: str) -> list[str]:
    notices = guard.check(prompt=prompt, **more).body["notices"]
    for one in notices:
        hold(one, "Text")
    return [one["id"] for one in notices]


def test_the_contract_is_a_valid_openapi_document() -> None:
    validate(contract())


def test_texts_in_force_are_listed_rulings_first_in_the_language_asked_for() -> None:
    before, ruling = text("pre_use"), text("ruling", source="A court (2025) 1")
    later = text("training", in_force_from=NOW + timedelta(hours=1))
    guard = caller(held_texts(before, later, lantern=ruling))
    answer = listed(guard)
    assert (answer.status, answer.body["text_set_version"]) == (200, 9)
    assert [one["id"] for one in answer.body["texts"]] == [str(ruling.id), str(before.id)]
    hold(answer.body, "/api/v1/display-texts")
    (one,) = listed(guard, "kind=pre_use&language=zh-Hans").body["texts"]
    assert (one["text"], one["version"]) == ({"zh-Hans": WORDS["zh-Hans"]}, 1)


@pytest.mark.parametrize("query", ["kind=poem", "kind=", "language=fr", "limit=3", "kind"])
def test_a_question_we_do_not_understand_is_refused(query: str) -> None:
    answer = listed(caller(held_texts()), query)
    assert (answer.status, answer.body["title"]) == (422, "Invalid text query")
    hold(answer.body, "Problem")


def test_without_the_token_no_text_is_told_and_no_proof_is_taken() -> None:
    guard = caller(held_texts())
    guard.token = None
    assert listed(guard).status == 401
    assert guard.send(b"{}", PATH_INFO="/api/v1/display-proofs").status == 401


def test_a_notice_is_told_with_a_prompt_that_holds_its_term_in_any_disguise() -> None:
    notice = text("notice", case="N-2026-000001-K")
    guard = caller(held_texts(text("pre_use"), fox_spirit=notice))
    assert told(guard, "a fox spirit in the snow") == [str(notice.id)]
    assert told(guard, "a F0X·SPIRIT in the snow") == [str(notice.id)]
    assert told(guard, "a fox in the snow") == []
    assert told(guard, "a harbour", negative_prompt="fox spirit") == []
    assert guard.check(prompt="fox spirit").body["decision"] == "allow"


def test_a_warning_without_terms_is_told_only_when_a_rule_warns_or_blocks() -> None:
    warning = text("warning")
    watched = rule("hen", mode=Mode.SHADOW)
    guard = caller(held_texts(warning), rule("fox", user_message=MESSAGE), watched)
    assert told(guard, "a fox") == [str(warning.id)]
    assert told(guard, "a cat") == told(guard, "a hen") == []


def test_what_ended_is_told_no_more_and_its_older_version_neither() -> None:
    old = text("notice")
    new = old._replace(id=uuid4(), number=2, ended_at=NOW - timedelta(hours=1))
    assert told(caller(held_texts(new, fox=old)), "a fox") == []
    assert told(caller(held_texts(fox=old)), "a fox") == [str(old.id)]


def test_an_output_in_which_a_work_was_recognised_gets_the_texts_of_its_case() -> None:
    mine, other = text("ruling", case="N-2026-000001-K"), text("notice", case="N-2026-000002-K")
    guard = caller(held_texts(text("pre_use"), fox=mine, hen=other), finds=Finds(mine.case))
    answer = guard.send(b"{}", PATH_INFO="/api/v1/output-checks").body
    assert [one["id"] for one in answer["notices"]] == [str(mine.id)]
    assert answer["decision"] == "review"


def test_no_answer_carries_more_texts_than_anybody_reads() -> None:
    many = {f"fox_{letter}": text("notice") for letter in "abcdefghijkl"}
    prompt = " and ".join(name.replace("_", " ") for name in many)
    assert len(told(caller(held_texts(**many)), prompt)) == MOST_TOLD


def test_a_guard_that_cannot_confirm_its_texts_says_so_and_decides_all_the_same() -> None:
    for closed in (caller(None, rule("fox")), caller(held_texts(), rule("fox"), age=31)):
        answer = closed.check(prompt="a fox").body
        assert (answer["decision"], answer["notices"]) == ("block", None)
        assert listed(closed).status == 503
