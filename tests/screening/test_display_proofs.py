"""The service proves that it showed a text: stored before it is answered, once however often it is sent."""

import json
import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest

from common.actors import SWEEP
from common.clock import now
from screening.engine.matcher import RuleSet
from screening.guard.app import Engines, Guard
from screening.guard.display import Display
from screening.guard.keeper import Held
from screening.guard.options import Options
from screening.guard.texts import Texts, load
from screening.guard.writing import Writer
from screening.models import DisplayProof, DisplaySetVersion, DisplayText
from screening.services.display import end_text, write_text
from screening.states import TextKind
from tests.conftest import Cast
from tests.screening.callers import TOKEN, Answer, Caller, GuardProcess, guard_process
from tests.screening.display import new_text
from tests.screening.display_contract import hold
from tests.screening.test_asking_the_guard import StillKeeper

PROOFS = "/api/v1/display-proofs"
WORKERS = 2


OPEN: "list[psycopg.Connection[Any]]" = []


def connect() -> "psycopg.Connection[Any]":
    OPEN.append(psycopg.connect(os.environ["DATABASE_URL"], autocommit=True))
    return OPEN[-1]


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    while OPEN:
        OPEN.pop().close()


@pytest.fixture
def text(committed_db: None, cast: Cast) -> DisplayText:
    hour_ago = now() - timedelta(hours=1)
    return write_text(new_text(in_force_from=hour_ago), user=cast.lea, now=hour_ago)


@pytest.fixture
def guard(text: DisplayText) -> Caller:
    """The bare guard with what the database holds."""
    with connect() as connection:
        texts = load(connection, None)
    return caller(texts)


def caller(texts: Texts, connect: Any = connect) -> Caller:
    display = Display(StillKeeper(Held(texts, now(), time.monotonic())), 30, Writer(connect))  # type: ignore[arg-type]
    rules = StillKeeper(Held(RuleSet(), now(), time.monotonic()))
    return Caller(
        Guard(rules, Options(TOKEN, 30), "https://redress.example", Engines(display=display))
    )  # type: ignore[arg-type]


def prove(guard: Caller, row: DisplayText, /, **changes: object) -> Answer:
    said = {"text": str(row.id), "user": "u_5512", "at": now().isoformat()} | changes
    told = {name: value for name, value in said.items() if value is not None}
    return guard.send(json.dumps(told).encode(), PATH_INFO=PROOFS)


def test_a_proof_is_stored_and_one_that_is_sent_again_is_the_same(
    guard: Caller, text: DisplayText
) -> None:
    at = now() - timedelta(minutes=5)
    more = {"language": "en", "surface": "web", "check": "pc_1", "output": "out_1"}
    first = prove(guard, text, at=at.isoformat(), **more)
    assert first.status == 200
    hold(first.body, PROOFS)
    row = DisplayProof.objects.get()
    assert (row.text_id, row.user_external_id, row.at) == (text.id, "u_5512", at)
    assert (row.language, row.surface, row.check_id, row.output_external_id) == tuple(more.values())
    elsewhere = at.astimezone(tz=None).isoformat()
    assert prove(guard, text, at=elsewhere, **more).body == first.body
    assert prove(guard, text, at=at.isoformat()).body["id"] != first.body["id"]
    assert DisplayProof.objects.count() == 2


def test_what_was_shown_was_shown_although_the_text_ended_since(
    guard: Caller, text: DisplayText
) -> None:
    end_text(text.id, "by_hand", actor=SWEEP, now=now())
    assert prove(guard, text).status == 200


@pytest.mark.parametrize(
    ("pointer", "changes"),
    [
        ("/text", {"text": None}),
        ("/text", {"text": "6f1a"}),
        ("/text", {"text": str(uuid4())}),
        ("/text", {"text": 7}),
        ("/user", {"user": None}),
        ("/user", {"user": " "}),
        ("/user", {"user": "x" * 201}),
        ("/user", {"user": "a\x00"}),
        ("/user", {"user": "\ud800"}),
        ("/at", {"at": None}),
        ("/at", {"at": "yesterday"}),
        ("/at", {"at": "2026-11-23T09:00:00"}),
        ("/at", {"at": "0001-01-01T00:00:00+08:00"}),
        ("/text", {"at": "8999-01-01T00:00:00Z"}),
        ("/text", {"at": "2001-01-01T00:00:00Z"}),
        ("/language", {"language": "fr"}),
        ("/surface", {"surface": ["web"]}),
        ("/colour", {"colour": "red"}),
    ],
)
def test_a_proof_that_makes_no_sense_is_refused_by_its_field(
    guard: Caller, text: DisplayText, pointer: str, changes: dict[str, object]
) -> None:
    refused = prove(guard, text, **changes)
    assert refused.status == 422
    assert [error["pointer"] for error in refused.body["errors"]] == [pointer]
    hold(refused.body, "Problem")
    assert not DisplayProof.objects.exists()


@pytest.mark.parametrize(("body", "status"), [(b"[]", 422), (b"{", 400), (b" " * 10_001, 413)])
def test_a_body_that_is_no_proof_is_refused(guard: Caller, body: bytes, status: int) -> None:
    assert guard.send(body, PATH_INFO=PROOFS).status == status


def test_a_proposal_was_never_to_be_shown(guard: Caller, cast: Cast) -> None:
    new = new_text(kind=TextKind.RULING, in_force_from=now())
    proposed = write_text(new, user=cast.lea, now=now())
    assert prove(guard, proposed).status == 422


def test_a_proof_that_cannot_be_stored_is_to_be_sent_again(text: DisplayText) -> None:
    def away() -> Any:
        raise psycopg.OperationalError("no database")

    refused = prove(caller(Texts(1), away), text)
    assert (refused.status, refused.body["title"]) == (503, "Not recorded")


def test_a_connection_that_was_lost_costs_no_proof(text: DisplayText) -> None:
    guard = caller(Texts(1))
    assert prove(guard, text).status == prove(guard, text, user="u_2").status == 200
    (lasting,) = OPEN
    connect().execute("SELECT pg_terminate_backend(%s)", [lasting.info.backend_pid])
    assert prove(guard, text, user="u_3").status == 200
    assert (len(OPEN), DisplayProof.objects.count()) == (3, 3)


@pytest.fixture
def process(committed_db: None, tmp_path: Path) -> Iterator[GuardProcess]:
    with guard_process(os.environ["DATABASE_URL"], tmp_path / "guard.log") as running:
        yield running


def test_a_text_reaches_every_worker_and_its_proof_comes_back(
    process: GuardProcess, cast: Cast
) -> None:
    moment = now()
    new = new_text(kind=TextKind.NOTICE, in_force_from=moment)
    row = write_text(new, user=cast.lea, now=moment)
    version = DisplaySetVersion.objects.get().version
    assert process.workers(lambda a: a.json().get("text_set_version") == version, WORKERS, 2.0)
    for _ in range(10):
        notices = process.check("a fox spirit").json()["notices"]
        assert [one["id"] for one in notices] == [str(row.id)]
    key = {"Authorization": f"Bearer {TOKEN}"}
    listed = httpx.get(process.address + "/api/v1/display-texts", headers=key, trust_env=False)
    assert [one["id"] for one in listed.json()["texts"]] == [str(row.id)]
    body = {"text": str(row.id), "user": "u_5512", "at": now().isoformat()}
    sent = [
        httpx.post(process.address + PROOFS, json=body, headers=key, trust_env=False)
        for _ in range(3)
    ]
    assert {one.status_code for one in sent} == {200}
    assert DisplayProof.objects.count() == 1
