"""Two readers of one body must not see two things: a field given twice is refused at every door of the guard."""

import time
from typing import Any

import pytest

from screening.engine.matcher import RuleSet
from screening.guard.app import Engines, Guard
from screening.guard.display import Display
from screening.guard.gateway import PATH
from screening.guard.keeper import Held
from screening.guard.options import Options
from screening.guard.outputs import FORM
from screening.guard.recognising import Recogniser
from screening.guard.texts import Texts
from screening.guard.works import Shelf
from screening.guard.writing import Writer
from tests.screening.asking import NOW
from tests.screening.callers import TOKEN, Caller
from tests.screening.test_asking_the_guard import StillKeeper
from tests.screening.test_output_forms import KIND, form

PROOF = b'{"text": "%s", "user": "u", "user": "v", "at": "2026-11-23T09:00:00Z"}'


def guard() -> Caller:
    """The bare guard, whose database nobody asks."""

    def connect() -> Any:
        raise AssertionError("Nothing is stored.")

    def kept(what: Any) -> Any:
        return StillKeeper(Held(what, NOW, time.monotonic()))

    engines = Engines(
        recogniser=Recogniser(kept(Shelf(1)), 30, connect),
        display=Display(kept(Texts(1)), 30, Writer(connect)),
    )
    return Caller(Guard(kept(RuleSet()), Options(TOKEN, 30), "https://redress.example", engines))


@pytest.mark.parametrize(
    ("address", "body", "kind", "code"),
    [
        ("/api/v1/prompt-checks", b'{"prompt": "a", "prompt": "b"}', "", "invalid-prompt-check"),
        ("/api/v1/output-checks", b'{"text": "a", "text": "b"}', "", "invalid-output-check"),
        (
            "/api/v1/output-checks",
            form(("file", b"a"), ("check", b'{"user": "u", "user": "v"}')),
            KIND,
            "invalid-output-check",
        ),
        (
            "/api/v1/display-proofs",
            PROOF % b"0b6d5f1e-6a3c-4d6e-9c43-1f6f1c3f8a01",
            "",
            "invalid-display-proof",
        ),
        (
            PATH,
            b'{"input_type": "request", "texts": [], "texts": ["b"]}',
            "",
            "invalid-prompt-check",
        ),
    ],
)
def test_a_field_that_is_given_twice_is_refused(
    address: str, body: bytes, kind: str, code: str
) -> None:
    environ = {"PATH_INFO": address, "HTTP_X_API_KEY": TOKEN}
    refused = guard().send(body, **environ | ({"CONTENT_TYPE": kind} if kind else {}))
    assert (refused.status, refused.body["type"].split("/")[-2]) == (422, code)
    assert refused.body["errors"] == [
        {"pointer": "", "detail": "A field of the body is given twice."}
    ]


def test_the_form_that_is_sent_here_is_one() -> None:
    assert FORM in KIND
    sent = form(("file", b"a"), ("check", b'{"user": "u"}'))
    answer = guard().send(sent, PATH_INFO="/api/v1/output-checks", CONTENT_TYPE=KIND)
    assert (answer.status, answer.body["decision"]) == (200, "allow")
