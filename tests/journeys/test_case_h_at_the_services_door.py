"""Case H, at the service's own door: the real sandbox asks the real guard over HTTP before it draws and before it delivers."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.services import staying_down
from common.actors import Actor
from common.clock import now
from measures.models import Match
from measures.services import matches, staydown
from platforms.services import client
from screening.models import RuleSetVersion
from screening.rules import TermText
from screening.services.rules import create_rule
from tests.journeys.house import House, ledger_is_whole
from tests.journeys.people import PAUL, REASONS
from tests.journeys.plot import PAULS_ID, People
from tests.sandbox.fake_guard import FakeGuard
from tests.sandbox_process import GUARD_TOKEN
from tests.screening.asking import new_rule
from tests.screening.callers import GuardProcess, guard_process

OUTPUTS_ALONE = {"outputs": "out_8Hk2", "models": "", "prompts": ""}
# The model learnt Nora's painting from what Paul uploaded; with these words it gives it back, mark and label apart.
BY_HEART: dict[str, Any] = {"prompt": "fox spirit calm at dawn", "seed": 1, "user": PAULS_ID}
OF_HIS_OWN: dict[str, Any] = {"prompt": "a teapot on a blue table", "user": PAULS_ID}
FINDING = {"taken_over": "The whole painting: figure, mask and ground.", **REASONS}


@pytest.fixture
def guard(house: House, tmp_path: Path) -> Iterator[GuardProcess]:
    """The guard as production runs it, where the sandbox looks for it."""
    port, log = house.sandbox.guard_port, tmp_path / "guard.log"
    database = os.environ["DATABASE_URL"]
    with guard_process(database, log, workers=1, port=port, token=GUARD_TOKEN) as running:
        yield running


def generates(house: House, wish: dict[str, Any]) -> httpx.Response:
    """What Paul's press on "Generate" comes to."""
    return house.sandbox.ask("POST", "/generate", json=wish)


def shelf(house: House) -> int:
    return house.sandbox.ask("GET", "/").text.count("/o/out_")


def kind_of(answer: httpx.Response) -> str:
    kind: str = answer.json()["type"].rpartition("/")[2]
    return kind


def upheld(people: People) -> None:
    """Nora hands in her painting; one output is taken down, the prompts stay free."""
    painting = people.house.sandbox.ask("GET", "/content/trn_fox_01.png").content
    work = {"file-work": SimpleUploadedFile("dawn.png", painting, "image/png")}
    reference = people.nora.files(found=OUTPUTS_ALONE, work=work)
    people.house.at("2026-09-02 10:00:00")
    people.tara.claims(reference)
    people.tara.upholds(reference, families=["content_removal"])
    people.house.crank()
    assert people.house.state("out_8Hk2") == "removed"


@contextmanager
def unrecorded() -> Iterator[None]:
    """The guard may not write down what it finds."""
    table = "INSERT ON screening_outputmatch"
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute(f"REVOKE {table} FROM redress_app")
        try:
            yield
        finally:
            owner.execute(f"GRANT {table} TO redress_app")


def test_the_service_keeps_back_what_the_guard_recognises_and_a_person_decides(
    people: People, guard: GuardProcess
) -> None:
    house = people.house
    assert generates(house, OF_HIS_OWN).status_code == 201, "with no work to protect, all is let by"
    upheld(people)
    staydown.sweep(now())
    assert guard.workers(lambda answer: answer.json()["fingerprints"] > 0, 1, 10)
    before = shelf(house)

    with unrecorded():
        unsure = generates(house, BY_HEART)
        assert (unsure.status_code, kind_of(unsure)) == (503, "output-guard-unavailable")
        assert generates(house, OF_HIS_OWN).status_code == 201, "what shows nothing goes on"
    held = generates(house, BY_HEART)
    assert (held.status_code, kind_of(held)) == (403, "output-held")
    assert shelf(house) == before + 1, "the teapot alone"

    matches.sweep(client(), now)
    staying_down.sweep(now())
    [match] = Match.objects.all()
    name = match.output_external_id
    assert (match.state, match.user_external_id) == ("review", PAULS_ID)
    assert match.file is not None
    assert match.file.sha256 == match.output_sha256, "the person sees the very file"
    assert house.sandbox.ask("GET", f"/o/{name}").status_code == 404

    people.tara.open(reverse("desk-match", args=[match.id]))
    people.tara.press("Uphold the match", FINDING)
    house.crank()
    assert house.state(name) == "removed"
    assert "The whole painting" in house.letter(PAUL, "an output of yours was recognised")
    ledger_is_whole()


def test_a_warning_is_confirmed_at_the_service_and_counts_once(
    people: People, guard: GuardProcess
) -> None:
    house, words = people.house, "a moon gate in fog"
    terms = [TermText("moon gate", "en")]
    create_rule(new_rule(mode="warn", terms=terms), actor=Actor("staff", "eno"), at=now())
    newest = RuleSetVersion.objects.get().version
    assert guard.workers(lambda answer: answer.json()["rule_set_version"] == newest, 1, 10)

    page = house.sandbox.ask("POST", "/generate?lang=en", data={"prompt": words, "user": PAULS_ID})
    assert (page.status_code, "Generate anyway" in page.text) == (409, True)
    hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text)
    done = house.sandbox.ask("POST", "/generate?lang=en", data=dict(hidden))
    assert done.status_code == 303
    assert words in house.sandbox.ask("GET", done.headers["location"]).text

    again = house.sandbox.ask("POST", "/generate?lang=en", data=dict(hidden))
    assert (again.status_code, "did not count" in again.text) == (409, True)


def test_a_guard_that_answers_for_prompts_alone_lets_nothing_be_delivered(house: House) -> None:
    before = shelf(house)
    with FakeGuard(house.sandbox.guard_port) as half:
        half.output_status, half.output_answer = 404, {"type": "not-found"}
        refused = generates(house, OF_HIS_OWN)
    assert (len(half.asked), kind_of(refused)) == (1, "output-guard-unavailable")
    assert shelf(house) == before
