"""The tests of measures against the real sandbox, which lies on demand, and the real guard."""

import os
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest
from django.db import transaction

from common.actors import SETUP
from common.clock import now
from evidence.files import seal_own
from measures.checks import SOON, WHILE_BROKEN
from measures.models import Measure, MeasureCheck
from measures.services import execute as executing
from measures.services import order_again
from measures.services.guard_probe import GuardProbe
from measures.services.orders import Order
from measures.services.testing import Eyes
from measures.services.verify import verify
from notices.models import Case, FileRole, NoticeFile
from platforms.client import PlatformClient
from platforms.models import Artefact
from platforms.public import PublicFace
from screening.models import RuleSetVersion
from screening.services.rules import end_rule
from tests.measures.conftest import NOW, Stage
from tests.sandbox_process import SandboxProcess, sandbox, sandbox_server
from tests.screening.callers import TOKEN, guard_process

__all__ = ["sandbox", "sandbox_server"]


@dataclass
class Scene:
    """A stage, the sandbox it acts on, and eyes that look at both."""

    stage: Stage
    sandbox: SandboxProcess
    eyes: Eyes

    def known(self, name: str) -> Artefact:
        """The sandbox's own artefact, with its file sealed as evidence."""
        record = self.eyes.platform.artefact(name)
        return Artefact.objects.create(
            platform=self.stage.platform,
            external_id=name,
            kind=record.kind,
            url=record.url,
            owner=self.stage.paul,
            read_at=NOW,
        )

    @transaction.atomic
    def frozen(self, case: Case, artefact: Artefact) -> None:
        item = self.stage.item(case, artefact)
        body = self.eyes.platform.content(artefact.external_id).body
        file = seal_own(body, name="out.png", kind="image/png", at=NOW)
        NoticeFile.objects.create(
            notice=case.notice, file=file, role=FileRole.FROZEN, item=item, added_at=NOW
        )

    def removed(self, name: str) -> Measure:
        """A removal that the sandbox acknowledged, truly or not."""
        case, artefact = self.stage.case(), self.known(name)
        self.frozen(case, artefact)
        [measure] = self.stage.impose(case, Order("content_removal", artefact=artefact))
        executing.execute(measure.id, self.eyes.platform, lambda: NOW)
        return Measure.objects.get(id=measure.id)

    def look(self, at: datetime) -> None:
        verify(self.eyes, lambda: at)


@pytest.fixture
def scene(stage: Stage, sandbox: SandboxProcess) -> Scene:
    guard = GuardProbe("http://127.0.0.1:1", TOKEN)
    platform = PlatformClient(sandbox.url, sandbox.key)
    return Scene(stage, sandbox, Eyes(platform, PublicFace(sandbox.url), guard))


def outcomes(measure: Measure, at: datetime) -> dict[str, str]:
    return dict(MeasureCheck.objects.filter(measure=measure, at=at).values_list("what", "outcome"))


ALL = ("artefact_state", "content_bytes", "public_url")


def test_an_honest_takedown_is_verified_by_word_and_by_sight(scene: Scene) -> None:
    measure = scene.removed("out_8Hk2")
    scene.look(NOW + SOON)
    assert outcomes(measure, NOW + SOON) == dict.fromkeys(ALL, "holds")
    assert Measure.objects.get().verified_at == NOW + SOON


def test_a_sandbox_that_lies_is_found_out_and_obeys_a_new_key(scene: Scene) -> None:
    scene.sandbox.fault(lie={"times": 1})
    measure = scene.removed("out_8Hk2")
    assert measure.state == "in_force"
    assert scene.sandbox.effects(str(measure.id)) == []

    scene.look(NOW + SOON)
    assert outcomes(measure, NOW + SOON) == dict.fromkeys(ALL, "broken")
    assert Measure.objects.get().alarmed_at is not None

    later = NOW + WHILE_BROKEN
    order_again(measure.id, user=scene.stage.tara, now=later)
    scene.look(later)
    scene.look(later + SOON)
    assert [row["action"] for row in scene.sandbox.effects(str(measure.id))] == ["apply"]
    assert outcomes(measure, later + SOON) == dict.fromkeys(ALL, "holds")
    assert Measure.objects.get().verified_at == later + SOON


def test_a_sandbox_that_says_removed_and_serves_on_is_seen_through(scene: Scene) -> None:
    scene.sandbox.fault(pretend={"times": 1})
    measure = scene.removed("out_8Hk2")
    scene.look(NOW + SOON)
    assert outcomes(measure, NOW + SOON) == {
        "artefact_state": "holds",
        "content_bytes": "holds",
        "public_url": "broken",
    }
    order_again(measure.id, user=scene.stage.tara, now=NOW + 2 * SOON)
    scene.look(NOW + 2 * SOON)
    scene.look(NOW + 3 * SOON)
    assert Measure.objects.get().verified_at == NOW + 3 * SOON
    assert [row["action"] for row in scene.sandbox.effects(str(measure.id))] == ["apply"]


def test_what_comes_back_after_a_while_is_found_by_a_later_test(scene: Scene) -> None:
    scene.sandbox.fault(relapse={"seconds": 2.0, "times": 1})
    measure = scene.removed("out_8Hk2")
    scene.look(NOW + SOON)
    assert Measure.objects.get().verified_at == NOW + SOON
    time.sleep(2.1)
    scene.look(NOW + WHILE_BROKEN)
    assert outcomes(measure, NOW + WHILE_BROKEN) == dict.fromkeys(ALL, "broken")
    assert Measure.objects.get().verified_at is None
    assert len(scene.sandbox.effects(str(measure.id))) == 1


def test_a_lifting_that_is_a_lie_is_found_out_too(scene: Scene) -> None:
    measure = scene.removed("out_8Hk2")
    scene.stage.release(measure)
    scene.sandbox.fault(lie={"times": 1})
    scene.stage.client = scene.eyes.platform  # type: ignore[assignment]
    assert scene.stage.lift(measure, NOW).state == "lifted"

    scene.look(NOW + SOON)
    assert outcomes(measure, NOW + SOON)["public_url"] == "broken"

    order_again(measure.id, user=scene.stage.tara, now=NOW + 2 * SOON)
    scene.look(NOW + 2 * SOON)
    scene.look(NOW + 3 * SOON)
    assert outcomes(measure, NOW + 3 * SOON) == dict.fromkeys(ALL, "holds")


def test_a_share_link_that_was_taken_down_leads_nowhere(scene: Scene) -> None:
    found = scene.eyes.platform.resolve(f"{scene.sandbox.url}/s/F8kQ2z")
    case, artefact = scene.stage.case(), scene.known(found.id)
    [measure] = scene.stage.impose(case, Order("content_removal", artefact=artefact))
    scene.sandbox.fault(lie={"times": 1})
    executing.execute(measure.id, scene.eyes.platform, lambda: NOW)
    scene.look(NOW + SOON)
    assert outcomes(measure, NOW + SOON) == {"artefact_state": "broken", "public_url": "broken"}


@pytest.fixture
def guarded(
    committed_db: None, stage: Stage, tmp_path: Path
) -> Iterator[Callable[[str], tuple[Measure, Eyes]]]:
    """A prompt block for a term, and eyes on the guard that production runs."""
    with guard_process(os.environ["DATABASE_URL"], tmp_path / "guard.log", workers=1) as guard:

        def block(term: str) -> tuple[Measure, Eyes]:
            terms = {"terms": [{"text": term, "language": "en"}]}
            order = Order("prompt_block", parameters=terms)
            [measure] = stage.impose(stage.case(), order)
            assert guard.workers(_has_newest, 1, 5)
            nobody = PlatformClient("http://127.0.0.1:1", "x")
            face = PublicFace("http://127.0.0.1:1")
            return measure, Eyes(nobody, face, GuardProbe(guard.address, TOKEN))

        yield block


def _has_newest(answer: object) -> bool:
    newest = RuleSetVersion.objects.get().version
    return answer.json().get("rule_set_version") == newest  # type: ignore[attr-defined,no-any-return]


def test_a_prompt_block_is_asked_for_at_the_real_guard(
    guarded: Callable[[str], tuple[Measure, Eyes]], stage: Stage
) -> None:
    measure, eyes = guarded(f"Fox Spirit {uuid.uuid4().hex[:6]}")
    verify(eyes, lambda: NOW + SOON)
    assert outcomes(measure, NOW + SOON) == {"rule": "holds", "prompt": "holds"}

    wrong = replace(eyes, guard=GuardProbe(eyes.guard.base_url, "another-token-than-the-guard's"))
    Measure.objects.filter(id=measure.id).update(check_at=NOW + 2 * SOON)
    verify(wrong, lambda: NOW + 2 * SOON)
    assert set(outcomes(measure, NOW + 2 * SOON).values()) == {"holds", "unreachable"}
    assert Measure.objects.get(id=measure.id).verified_at == NOW + SOON

    # Behind the measure's back the rule ends; an hour later the tests find out.
    rule_id = Measure.objects.get(id=measure.id).rule_id
    assert rule_id is not None
    end_rule(rule_id, actor=SETUP, at=now(), reason="by_mistake")
    verify(eyes, lambda: NOW + WHILE_BROKEN)
    found = Measure.objects.get(id=measure.id)
    assert outcomes(measure, NOW + WHILE_BROKEN)["rule"] == "broken"

    order_again(measure.id, user=stage.tara, now=NOW + 2 * WHILE_BROKEN)
    again = Measure.objects.get(id=measure.id)
    assert (again.rule_id != found.rule_id, again.state) == (True, "in_force")
