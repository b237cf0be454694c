"""From a number in a file to the generation session: asked at the real sandbox, compared, kept, and told to the ledger."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from PIL import Image

from common.errors import Conflict, Forbidden, NotFound
from evidence.chain import case_chain
from evidence.files import seal
from evidence.models import FileTrace
from evidence.selectors import entries
from evidence.tracing import trace
from notices.models import Case, ClaimedItem, FileRole, NoticeFile, TracedSession
from notices.selectors import with_files_to_trace
from notices.services.look_up import look_up_items
from notices.services.trace_items import belongs_to, may_be
from notices.services.traces import trace_files
from notices.states import TraceAnswer
from platforms.client import PlatformClient
from platforms.contract import PlatformError
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import FILED, Stage
from tests.evidence.traces import files
from tests.sandbox_process import KEY, SandboxProcess, sandbox, sandbox_server

__all__ = ["sandbox", "sandbox_server"]
NOW = FILED + timedelta(minutes=5)
OUTPUT = "out_7Mx1"


@pytest.fixture
def served(settings: LazySettings, sandbox: SandboxProcess) -> SandboxProcess:
    settings.PLATFORM_URL, settings.PLATFORM_KEY = sandbox.url, KEY
    return sandbox


@pytest.fixture
def lost(stage: Stage, served: SandboxProcess) -> Case:
    """A case whose one item was not found by its address."""
    case = stage.filed()
    ClaimedItem.objects.filter(notice__case=case).update(artefact=None, outcome="not_found")
    return case


def download(served: SandboxProcess, name: str = OUTPUT) -> bytes:
    return PlatformClient(served.url, KEY).content(name).body


def sent(case: Case, content: bytes, role: str = FileRole.OUTPUT_COPY) -> NoticeFile:
    sealed = seal(content, name="copy.png", at=FILED)
    return NoticeFile.objects.create(notice=case.notice, file=sealed, role=role, added_at=FILED)


def resaved(content: bytes) -> bytes:
    """As a program saves it that keeps what it knows."""
    with Image.open(io.BytesIO(content)) as picture:
        target = io.BytesIO()
        picture.convert("RGB").save(target, "JPEG", quality=70, exif=picture.getexif())
    return target.getvalue()


def told(case: Case, event: str) -> list[dict[str, Any]]:
    return [one.facts for one in entries(case_chain(case.id)).filter(event=event)]


def item(case: Case) -> ClaimedItem:
    return ClaimedItem.objects.get(notice__case=case)


def test_a_lost_item_is_found_by_the_label_in_the_filer_s_copy(
    lost: Case, served: SandboxProcess
) -> None:
    sent(lost, download(served))
    assert trace_files(lost.id, now=NOW) == 1
    [session] = TracedSession.objects.all()
    assert (session.answer, session.same_bytes, session.found_item) == ("found", True, True)
    found = item(lost)
    assert found.artefact is not None
    assert (found.artefact.external_id, found.outcome) == (OUTPUT, "pending")
    assert found.artefact.record["generation"]["prompt"]
    assert told(lost, "item.found_by_label")[0]["items"] == [1]
    [facts] = told(lost, "session.traced")
    assert (facts["artefact"], facts["item"], facts["same_bytes"]) == (OUTPUT, 1, True)
    assert len(facts["files"]) == 2, "record and bytes are sealed"
    assert told(lost, "file.traced")[0]["labels"] == 1


def test_a_copy_that_was_saved_anew_is_known_by_its_looks(
    lost: Case, served: SandboxProcess
) -> None:
    sent(lost, resaved(download(served)))
    trace_files(lost.id, now=NOW)
    [session] = TracedSession.objects.all()
    assert (session.same_bytes, session.looks_alike, session.found_item) == (False, True, True)
    assert session.distance is not None
    assert session.distance < 31


def test_a_label_copied_into_another_picture_finds_nothing_by_itself(
    lost: Case, served: SandboxProcess, stage: Stage
) -> None:
    with Image.open(io.BytesIO(download(served))) as other:
        exif = other.getexif().tobytes()
    with Image.open(io.BytesIO(download(served, "out_2Lm7"))) as picture:
        target = io.BytesIO()
        picture.convert("RGB").save(target, "JPEG", exif=exif)
    sent(lost, target.getvalue())
    trace_files(lost.id, now=NOW)
    [session] = TracedSession.objects.all()
    assert session.differs
    assert (session.item, item(lost).artefact) == (None, None)
    assert told(lost, "item.found_by_label") == []
    belongs_to(lost.id, session.id, 1, user=stage.tara, now=NOW)
    assert item(lost).artefact == session.artefact, "a person may see what we do not"
    with pytest.raises(Conflict):
        belongs_to(lost.id, session.id, 1, user=stage.tara, now=NOW)


def test_only_staff_say_which_item_a_session_is(lost: Case, stage: Stage) -> None:
    for user, error in ((stage.eve, Forbidden), (stage.tara, NotFound)):
        with pytest.raises(error):
            belongs_to(lost.id, lost.id, 1, user=user, now=NOW)


def test_one_of_several_lost_items_is_left_to_a_person(
    stage: Stage, served: SandboxProcess
) -> None:
    case = stage.filed(stage.artefact("a"), stage.artefact("b"))
    ClaimedItem.objects.filter(notice__case=case).update(artefact=None)
    sent(case, download(served))
    trace_files(case.id, now=NOW)
    [session] = TracedSession.objects.all()
    assert (session.item, len(may_be(case))) == (None, 2)


def test_a_lost_model_is_not_found_by_the_copy_of_a_picture(
    lost: Case, served: SandboxProcess
) -> None:
    ClaimedItem.objects.filter(notice__case=lost).update(kind="model")
    sent(lost, download(served))
    trace_files(lost.id, now=NOW)
    assert TracedSession.objects.get().item is None
    assert may_be(lost) == []


def test_what_was_found_by_its_address_is_only_joined(stage: Stage, served: SandboxProcess) -> None:
    case = stage.filed(stage.artefact(OUTPUT))
    sent(case, download(served))
    trace_files(case.id, now=NOW)
    [session] = TracedSession.objects.all()
    assert (session.item, session.found_item) == (item(case), False)


def test_a_number_that_the_service_does_not_know_is_told_as_such(
    lost: Case, served: SandboxProcess
) -> None:
    sent(lost, files.png({"AIGC": files.bare(ProduceID="of another service", PropagateID="")}))
    trace_files(lost.id, now=NOW)
    [session] = TracedSession.objects.all()
    assert (session.answer, session.artefact) == (TraceAnswer.UNKNOWN, None)
    assert told(lost, "session.traced")[0]["answer"] == "unknown"


def test_no_number_is_asked_for_that_says_nothing(
    lost: Case, served: SandboxProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PlatformClient, "resolve", None)
    sent(lost, files.png({"AIGC": files.bare(ProduceID="0" * 32, PropagateID="")}))
    trace_files(lost.id, now=NOW)
    [facts] = told(lost, "file.traced")
    assert facts["odd"] == ["produce_id_zeros"]
    assert not TracedSession.objects.exists()


def test_nobody_s_passport_is_searched(lost: Case, served: SandboxProcess) -> None:
    sent(lost, download(served), FileRole.IDENTITY)
    assert trace_files(lost.id, now=NOW) == 0
    assert not FileTrace.objects.exists()


def test_a_platform_in_outage_is_asked_again_and_nothing_is_told_twice(
    lost: Case, served: SandboxProcess
) -> None:
    sent(lost, download(served))
    served.fault(fail={"status": 503, "times": 1})
    with pytest.raises(PlatformError):
        trace_files(lost.id, now=NOW)
    assert list(with_files_to_trace(before=NOW)) == [lost.id]
    trace_files(lost.id, now=NOW)
    trace_files(lost.id, now=NOW)
    assert len(told(lost, "session.traced")) == 1
    assert list(with_files_to_trace(before=NOW)) == []


def test_how_the_service_labelled_an_output_is_a_fact_of_the_case(
    stage: Stage, served: SandboxProcess
) -> None:
    case = stage.filed(stage.artefact(OUTPUT))
    ClaimedItem.objects.filter(notice__case=case).update(artefact=None, looked_up_at=None)
    look_up_items(case.id, now=NOW)
    trace_files(case.id, now=NOW)
    [facts] = told(case, "output.label_recorded")
    assert (facts["item"], facts["artefact"]) == (1, OUTPUT)
    assert facts["label"] == "explicit_and_implicit"
    assert (facts["hidden_label_in_file"], facts["number_fits"]) == (True, True)
    assert (facts["made_for"], facts["log_until"]) == (item(case).artefact.owner.external_id, None)  # type: ignore[union-attr]


def test_what_a_stranger_wrote_is_kept_without_breaking_the_database(
    stage: Stage, db: None
) -> None:
    case = stage.filed()
    wild = '{"Label":"\\u0000\\ud800","ProduceID":"\\u202e' + "x" * 5000 + '"}'
    paper = sent(case, files.png({"AIGC": wild, "parameters": "a\x01b\nSeed: \x02"}))
    read = trace(paper.file, now=NOW)
    assert FileTrace.objects.get(id=read.id).told == read.told
    assert read.told.labels != ()
