"""An output is checked by a real guard: equal files are blocked, likenesses go to a person, the rest passes."""

import base64
import io
import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.db import DatabaseError, connection, transaction

from common.actors import Actor
from common.clock import now
from common.errors import RedressError
from evidence.files import seal
from evidence.models import LedgerEntry
from screening.models import Fingerprint, OutputMatch, Work
from screening.services.works import NewWork, add_work, end_work
from screening.suite.generators import draw
from tests.screening.callers import TOKEN, GuardProcess, guard_process
from tests.screening.test_file_and_text_prints import SONG

ENO = Actor("staff", "eno")
WORKERS = 2
REFUSED: list[tuple[dict[str, object], str]] = [
    ({}, ""),
    ({"picture": "%%%"}, "/picture"),
    ({"picture": base64.b64encode(b"no picture").decode()}, "/picture"),
    ({"text": 7}, "/text"),
    ({"sha256": "AB"}, "/sha256"),
    ({"text": "a", "picture": "YQ=="}, ""),
    ({"text": "a", "extra": "b"}, "/extra"),
]


def png(seed: int, box: tuple[int, int, int, int] | None = None) -> bytes:
    content = io.BytesIO()
    drawn = draw("figure", 5, seed)
    (drawn.crop(box) if box else drawn).save(content, "PNG")
    return content.getvalue()


def new_work(**changes: Any) -> NewWork:
    at = now()
    given: dict[str, Any] = {
        "id": uuid.uuid4(),
        "owner": "Nora",
        "title": "Fox Spirit",
        "case_id": uuid.uuid4(),
        "case_reference": "N-2026-000001-K",
        "approved_by": "staff:dan",
        "shown": [
            seal(png(1), name="fox.png", at=at),
            seal(SONG.encode(), name="song.txt", at=at),
        ],
        "exact": [seal(png(7), name="output.png", at=at)],
    }
    return NewWork(**(given | changes))


@pytest.fixture
def guard(committed_db: None, tmp_path: Path) -> Iterator[GuardProcess]:
    with guard_process(os.environ["DATABASE_URL"], tmp_path / "guard.log") as guard:
        yield guard


def ask(guard: GuardProcess, **body: object) -> httpx.Response:
    return send(guard, json=body)


def send(guard: GuardProcess, **body: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    address = guard.address + "/api/v1/output-checks"
    return httpx.post(address, headers=headers, timeout=20, trust_env=False, **body)


def picture(content: bytes) -> str:
    return base64.b64encode(content).decode()


def every_worker_has(guard: GuardProcess, version: int) -> bool:
    return guard.workers(
        lambda answer: answer.json().get("work_set_version") == version, WORKERS, 2.0
    )


def test_a_work_is_recognised_within_two_seconds_and_no_longer_once_it_ends(
    guard: GuardProcess,
) -> None:
    assert ask(guard, picture=picture(png(1))).json()["decision"] == "allow"
    work = add_work(new_work(), actor=ENO, at=now())
    assert every_worker_has(guard, work.version)

    same = ask(guard, picture=picture(png(7)), user="paul", output="out-9").json()
    assert (same["decision"], same["matches"][0]["kind"]) == ("block", "file")
    form = {"picture": png(7), "check": b'{"user": "paul", "output": "out-9"}'}
    sent = send(guard, files={name: (name, content) for name, content in form.items()}).json()
    assert (sent["decision"], sent["matches"]) == ("block", same["matches"])
    own = ask(guard, picture=picture(png(1)), user="paul").json()
    assert (own["decision"], own["matches"][0]["kind"]) == ("review", "file")
    cut = ask(guard, picture=picture(png(1, (20, 20, 400, 390)))).json()
    assert (cut["decision"], cut["matches"][0]["kind"]) == ("review", "picture")
    assert cut["matches"][0]["distance"] > 31
    sung = ask(guard, text=f"My own words. {SONG}").json()
    assert (sung["decision"], sung["matches"][0]["kind"]) == ("review", "text")
    assert ask(guard, picture=picture(png(2))).json()["decision"] == "allow"
    blocked, *_ = OutputMatch.objects.filter(decision="block")
    assert (blocked.user_external_id, blocked.output_external_id) == ("paul", "out-9")
    assert OutputMatch.objects.count() == 5

    ended = end_work(work.id, actor=ENO, at=now(), reason="case_restored")
    assert every_worker_has(guard, ended.version)
    assert ask(guard, picture=picture(png(7))).json()["decision"] == "allow"


def test_what_is_not_understood_is_refused(guard: GuardProcess) -> None:
    for body, pointer in REFUSED:
        answer = ask(guard, **body)
        assert answer.status_code == 422, body
        assert answer.json()["errors"][0]["pointer"] == pointer


@pytest.mark.django_db
def test_a_work_keeps_its_birth_certificate_and_is_given_once() -> None:
    new = new_work()
    work = add_work(new, actor=ENO, at=now())
    assert add_work(new, actor=ENO, at=now()) == work
    kinds = sorted(Fingerprint.objects.filter(work=work).values_list("kind", flat=True))
    assert kinds == ["file", "file", "file", "picture", "picture", "text"]
    (entry,) = LedgerEntry.objects.filter(chain_id=new.case_id)
    assert (entry.event, entry.actor) == ("work.remembered", "staff:eno")


@pytest.mark.django_db
def test_of_files_the_upheld_ones_alone_are_refused_also_where_they_were_handed_in() -> None:
    at = now()
    both = seal(png(1), name="fox.png", at=at)
    add_work(new_work(exact=[both]), actor=ENO, at=at)
    upheld = Fingerprint.objects.filter(upheld=True)
    assert [(one.kind, bytes(one.bits).hex()) for one in upheld] == [("file", both.sha256)]
    assert Fingerprint.objects.filter(upheld=False, kind="file").count() == 1


@pytest.mark.django_db
def test_a_work_without_files_cannot_be_recognised() -> None:
    with pytest.raises(RedressError, match="no file"):
        add_work(new_work(shown=(), exact=()), actor=ENO, at=now())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE screening_work SET title = 'other'",
        "UPDATE screening_fingerprint SET kind = 'file'",
        "DELETE FROM screening_fingerprint",
        "DELETE FROM screening_work",
    ],
)
def test_the_database_refuses_to_change_what_is_known(statement: str) -> None:
    add_work(new_work(), actor=ENO, at=now())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Work.objects.get().title == "Fox Spirit"
