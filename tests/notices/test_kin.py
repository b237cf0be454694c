"""The kin of found items: read from the real sandbox, walked within bounds, kept, and told to the ledger."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings

import platforms.lineage
from common.errors import Forbidden
from evidence.chain import case_chain
from evidence.selectors import entries
from notices import tasks
from notices.models import Case, ClaimedItem
from notices.selectors import with_kin_to_read
from notices.services.kin import ask_again, read_kin_of_items
from platforms.client import PlatformClient
from platforms.contract import ArtefactRecord, Kin, PlatformError
from platforms.lineage import read_kin
from platforms.models import Artefact, ArtefactKin, PlatformUser
from platforms.states import KinAnswer
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import FILED, Stage
from tests.sandbox.orders import removal
from tests.sandbox_process import KEY, SandboxProcess, sandbox, sandbox_server

__all__ = ["sandbox", "sandbox_server"]
NOW = FILED + timedelta(minutes=5)


@pytest.fixture
def served(settings: LazySettings, sandbox: SandboxProcess) -> SandboxProcess:
    settings.PLATFORM_URL, settings.PLATFORM_KEY = sandbox.url, KEY
    return sandbox


def about(stage: Stage, name: str, kind: str) -> Case:
    artefact = stage.artefact(name)
    Artefact.objects.filter(id=artefact.id).update(kind=kind)
    return stage.filed(artefact)


def told(case: Case, event: str) -> list[dict[str, Any]]:
    return [one.facts for one in entries(case_chain(case.id)).filter(event=event)]


def reached(name: str) -> dict[str, str]:
    rows = ArtefactKin.objects.filter(artefact__external_id=name).select_related("kin")
    return {row.kin.external_id: row.relation for row in rows}


def test_one_lora_reaches_the_merge_of_a_stranger_and_what_was_made_with_it(
    stage: Stage, served: SandboxProcess
) -> None:
    case = about(stage, "foxspirit-v3", "model")
    assert read_kin_of_items(case.id, now=NOW) == 1
    found = reached("foxspirit-v3")
    assert found["foxlantern-mix"] == "merge"
    assert found["foxlantern-mix@1"] == "version"
    assert found["out_7Mx1"] == "output"
    assert found["lnk_x1"] == "share_link"
    assert found["plc_banner"] == "placement"
    assert "doudou_xl@1" not in found, "the merge's other source is none of our business"
    assert "out_5Gd1" not in found, "what the base model made is not kin of the LoRA"
    far = ArtefactKin.objects.get(kin__external_id="lnk_x1")
    assert (far.steps, far.via and far.via.external_id) == (2, "foxlantern-mix")
    assert PlatformUser.objects.get(external_id="u_7001").email == "fanworks@example.net"


def test_the_reading_and_the_promotion_are_facts_of_the_case(
    stage: Stage, served: SandboxProcess
) -> None:
    case = about(stage, "foxspirit-v3", "model")
    read_kin_of_items(case.id, now=NOW)
    item = ClaimedItem.objects.get(notice__case=case)
    assert (item.kin_answer, item.kin_read_at, item.promoted) == ("whole", NOW, True)
    [facts] = told(case, "item.kin_read")
    assert (facts["answer"], facts["kin"]["version"], facts["kin"]["mirror"]) == ("whole", 4, 1)
    [promotion] = told(case, "item.promotion_found")
    assert promotion["places"] == ["plc_char_fox", "plc_rec_fox", "plc_banner"]
    assert read_kin_of_items(case.id, now=NOW) == 0
    assert len(told(case, "item.kin_read")) == 1


def test_what_the_service_does_not_show_itself_is_no_promotion(
    stage: Stage, served: SandboxProcess
) -> None:
    case = about(stage, "out_2Lm7", "output")
    read_kin_of_items(case.id, now=NOW)
    assert not ClaimedItem.objects.get(notice__case=case).promoted
    assert told(case, "item.promotion_found") == []
    assert reached("out_2Lm7") == {
        "acme-ink-1": "base_model",
        "foxspirit-v3@1": "base_model",
        "lnk_l3": "share_link",
        "pg_fox": "collection",
    }


def test_a_share_link_leads_on_to_what_it_shares(stage: Stage, served: SandboxProcess) -> None:
    case = about(stage, "lnk_m1", "link")
    read_kin_of_items(case.id, now=NOW)
    assert {"foxspirit-v3", "foxspirit-v3@2", "foxlantern-mix"} <= set(reached("lnk_m1"))


def test_a_platform_that_does_not_say_is_not_one_without_kin(
    stage: Stage, served: SandboxProcess
) -> None:
    served.fault(old_contract={"times": 1})
    silent, alone = about(stage, "out_8Hk2", "output"), about(stage, "trn_dou_01", "output")
    for case in (silent, alone):
        read_kin_of_items(case.id, now=NOW)
    answers = [ClaimedItem.objects.get(notice__case=c).kin_answer for c in (silent, alone)]
    assert answers == ["silent", "whole"]
    assert reached("out_8Hk2") == reached("trn_dou_01") == {}


def test_what_a_platform_refuses_for_good_is_not_asked_again(
    stage: Stage, served: SandboxProcess
) -> None:
    served.fault(fail={"status": 403, "times": 1})
    case = about(stage, "out_8Hk2", "output")
    read_kin_of_items(case.id, now=NOW)
    assert ClaimedItem.objects.get(notice__case=case).kin_answer == "refused"
    assert list(with_kin_to_read(before=NOW + timedelta(hours=1))) == []


def test_a_platform_that_fails_is_asked_again_by_the_sweep(
    stage: Stage, served: SandboxProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    served.fault(fail={"status": 503, "times": 1})
    case = about(stage, "foxspirit-v3", "model")
    tasks.read_kin(str(case.id))
    assert ClaimedItem.objects.get(notice__case=case).kin_read_at is None
    later = NOW + timedelta(minutes=10)
    assert list(with_kin_to_read(before=later)) == [case.id]
    assert list(with_kin_to_read(before=FILED)) == []
    asked: list[str] = []
    monkeypatch.setattr(tasks.read_kin, "delay", asked.append)
    monkeypatch.setattr(tasks, "read_clock", lambda: later)
    monkeypatch.setattr(tasks.receipt, "issue_receipt", lambda *_, **__: None)
    tasks.sweep()
    assert asked == [str(case.id)]
    tasks.read_kin(str(case.id))
    assert ClaimedItem.objects.get(notice__case=case).kin_answer == "whole"


def test_two_items_of_one_artefact_are_read_once_and_both_told(
    stage: Stage, served: SandboxProcess
) -> None:
    thing = stage.artefact("out_8Hk2")
    case = stage.filed(thing, thing)
    assert read_kin_of_items(case.id, now=NOW) == 1
    assert {facts["item"] for facts in told(case, "item.kin_read")} == {1, 2}


class Endless(PlatformClient):
    """A platform where everything has been made into two more things, in a ring."""

    def __init__(self, width: int, ring: int) -> None:
        super().__init__("http://127.0.0.1:1", "key")
        self.width, self.ring, self.asked = width, ring, 0

    def kin_pages(self, external_id: str) -> Iterator[tuple[Kin, ...]]:
        self.asked += 1
        start = int(external_id.removeprefix("m"))
        names = [(start * self.width + n + 1) % self.ring for n in range(self.width)]
        yield tuple(Kin(_record(f"m{name}"), "merge") for name in names)


def _record(name: str) -> ArtefactRecord:
    at = datetime(2026, 9, 1, tzinfo=UTC)
    return ArtefactRecord(
        id=name,
        kind="model",
        title=name,
        url=f"https://p.example/{name}",
        state="available",
        owner="u_1",
        created_at=at,
        parent=None,
        produce_id=None,
        generation=None,
        licensed=False,
    )


@pytest.fixture
def no_owners(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platforms.lineage, "read_user", lambda *_: None)


def test_kin_in_a_ring_are_read_once_each(stage: Stage, no_owners: None) -> None:
    root, ring = stage.artefact("m0"), Endless(width=2, ring=6)
    assert read_kin(root, ring, NOW) is KinAnswer.WHOLE
    assert set(reached("m0")) == {f"m{n}" for n in range(1, 6)}
    assert ring.asked == 6


def test_kin_without_end_are_cut_and_said_to_be(
    stage: Stage, no_owners: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platforms.lineage, "MOST_KIN", 30)
    assert read_kin(stage.artefact("m0"), Endless(20, 10**9), NOW) is KinAnswer.CUT
    assert len(reached("m0")) == 30
    monkeypatch.setattr(platforms.lineage, "MOST_KIN", 10**6)
    monkeypatch.setattr(platforms.lineage, "MOST_ASKED", 5)
    wide = Endless(3, 10**9)
    assert read_kin(stage.artefact("m5000"), wide, NOW) is KinAnswer.CUT
    assert wide.asked == 5


def test_steps_are_bounded_too(stage: Stage, no_owners: None) -> None:
    assert read_kin(stage.artefact("m0"), Endless(1, 10**9), NOW) is KinAnswer.CUT
    assert len(reached("m0")) == platforms.lineage.MOST_STEPS


def test_what_was_learnt_before_a_failure_stays(stage: Stage, no_owners: None) -> None:
    class Failing(Endless):
        def kin_pages(self, external_id: str) -> Iterator[tuple[Kin, ...]]:
            yield from super().kin_pages(external_id)
            raise PlatformError("gone", permanent=False)

    with pytest.raises(PlatformError):
        read_kin(stage.artefact("m0"), Failing(2, 10), NOW)
    assert set(reached("m0")) == {"m1", "m2"}


def test_asked_again_it_keeps_what_was_read_and_the_promotion_once_found(
    stage: Stage, served: SandboxProcess
) -> None:
    case = about(stage, "out_8Hk2", "output")
    read_kin_of_items(case.id, now=NOW)
    PlatformClient(served.url, KEY).apply(removal("m-1", "plc_banner"), "key-1")
    assert ask_again(case.id, user=stage.tara, now=NOW) == 1
    assert ClaimedItem.objects.get(notice__case=case).kin_answer == ""
    later = NOW + timedelta(hours=1)
    read_kin_of_items(case.id, now=later)
    item = ClaimedItem.objects.get(notice__case=case)
    assert (item.kin_read_at, item.promoted) == (later, True)
    assert [facts["items"] for facts in told(case, "item.kin_asked")] == [1]
    assert len(told(case, "item.kin_read")) == 2
    with pytest.raises(Forbidden):
        ask_again(case.id, user=stage.eve, now=later)
