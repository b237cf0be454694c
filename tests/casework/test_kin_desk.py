"""At the desk each item shows what it reaches; nothing is ticked, and how far a measure goes is shown before the press."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from casework.kin import cut, kin_of_items
from casework.services.reach import MOST_ASKED
from measures.models import Measure, MeasureGround
from notices.models import Case, ClaimedItem
from notices.services.claims import claim
from notices.services.kin import read_kin_of_items
from platforms.models import Artefact, ArtefactKin, PlatformUser
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import FILED, Stage
from tests.database import Clock
from tests.sandbox_process import KEY, SandboxProcess, sandbox, sandbox_server

__all__ = ["sandbox", "sandbox_server"]
NOW = FILED + timedelta(hours=2)
WORDS = {"reasons_en": "The very same mask & bell.", "reasons_zh": "面具相同。"}


@pytest.fixture(autouse=True)
def noon(clock: Clock, settings: LazySettings, sandbox: SandboxProcess) -> None:
    clock.set(NOW)
    settings.STAFF_MFA_REQUIRED = False
    settings.PLATFORM_URL, settings.PLATFORM_KEY = sandbox.url, KEY


@pytest.fixture
def case(stage: Stage) -> Case:
    """Tara works on a notice about Paul's LoRA and one picture; the service told what they reach."""
    PlatformUser.objects.filter(id=stage.paul.id).update(external_id="u_5512")
    model = stage.artefact("foxspirit-v3")
    Artefact.objects.filter(id=model.id).update(kind="model")
    made = stage.filed(model, stage.artefact("out_2Lm7"))
    read_kin_of_items(made.id, now=NOW)
    return claim(made.id, user=stage.tara, now=NOW)


def item(case: Case, number: int) -> ClaimedItem:
    return ClaimedItem.objects.get(notice__case=case, number=number)


def key(case: Case, number: int, name: str) -> str:
    return f"{item(case, number).id}:{Artefact.objects.get(external_id=name).id}"


def press(stage: Stage, name: str, case: Case, **data: Any) -> tuple[int, str]:
    client = Client()
    client.force_login(stage.tara)
    sent = {f"uphold-{field}": value for field, value in data.items()}
    answer: HttpResponse = client.post(reverse(name, args=[case.reference]), sent)  # type: ignore[assignment]
    return answer.status_code, answer.content.decode()


def page(stage: Stage, case: Case) -> str:
    client = Client()
    client.force_login(stage.tara)
    return client.get(reverse("desk-case", args=[case.reference])).content.decode()


def section(html: str, name: str) -> str:
    found = re.search(rf'<section[^>]*aria-labelledby="{name}".*?</section>', html, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found.group())) if found else ""


def counted(*numbers: int) -> str:
    names = ("Outputs", "Versions", "Users", "Links", "Places", "Licensed uses")
    return " ".join(f"{name} {number}" for name, number in zip(names, numbers, strict=True))


def ordered(case: Case) -> dict[str, str]:
    rows = Measure.objects.filter(grounds__case=case).select_related("artefact")
    return {row.artefact.external_id: row.family for row in rows if row.artefact}


def test_each_item_shows_what_it_reaches_over_what_and_whose_it_is(
    stage: Stage, case: Case
) -> None:
    html = section(page(stage, case), "kin")
    for words in ("Own promotion", "Merge", "foxlantern-mix", "fanworks_daily", "over"):
        assert words in html
    assert "claimed itself: item 2" in html, "out_2Lm7 is an item of its own"
    assert "Everything the service named" in html


def test_asked_again_the_page_keeps_what_it_was_told(stage: Stage, case: Case) -> None:
    client = Client()
    client.force_login(stage.tara)
    answer = client.post(reverse("desk-kin", args=[case.reference]), follow=True)
    html = answer.content.decode()
    assert "The service is being asked" in html
    assert f'value="{key(case, 1, "foxlantern-mix")}"' in html
    read_kin_of_items(case.id, now=NOW + timedelta(hours=1))
    gone = ArtefactKin.objects.filter(kin__external_id="foxlantern-mix", via=None)
    gone.update(read_at=NOW)
    assert "not named any more" in section(page(stage, case), "kin")


def test_nothing_is_ticked_beforehand(stage: Stage, case: Case) -> None:
    html = page(stage, case)
    assert f'value="{key(case, 1, "foxlantern-mix")}"' in html
    assert not re.search(r'name="uphold-\w+"[^>]* checked', html)


def test_only_what_was_ticked_is_taken_down_and_stands_on_its_item(
    stage: Stage, case: Case
) -> None:
    lora = item(case, 1)
    kin = [key(case, 1, name) for name in ("foxlantern-mix", "lnk_x1", "plc_rec_fox")]
    families = ["content_removal", "model_takedown"]
    items = [str(lora.id)]
    status, _html = press(
        stage, "desk-uphold", case, items=items, families=families, kin=kin, **WORDS
    )
    assert status == 302
    assert ordered(case) == {
        "foxspirit-v3": "model_takedown",
        "foxlantern-mix": "model_takedown",
        "lnk_x1": "content_removal",
        "plc_rec_fox": "content_removal",
    }
    assert {ground.item_id for ground in MeasureGround.objects.filter(case=case)} == {lora.id}
    merge = Measure.objects.get(artefact__external_id="foxlantern-mix")
    assert merge.state == "proposed", "taking down a model needs a second person"
    assert "Model takedown" in section(page(stage, case), "kin")


def test_an_item_can_be_upheld_and_left_as_it_is(stage: Stage, case: Case) -> None:
    both = [str(item(case, n).id) for n in (1, 2)]
    families = ["content_removal", "model_takedown"]
    sent = {"items": both, "families": families, "spared": [both[0]]}
    assert press(stage, "desk-uphold", case, **sent, **WORDS)[0] == 302
    assert item(case, 1).outcome == "upheld"
    assert ordered(case) == {"out_2Lm7": "content_removal"}


def test_nothing_is_done_to_the_kin_of_what_was_not_upheld(stage: Stage, case: Case) -> None:
    kin = [key(case, 1, "foxlantern-mix")]
    status, html = press(
        stage, "desk-uphold", case, items=[str(item(case, 2).id)], kin=kin, **WORDS
    )
    assert status == 422
    assert "Uphold item 1 first" in html
    assert not Measure.objects.exists()


def test_a_key_that_was_never_offered_is_refused(stage: Stage, case: Case) -> None:
    stranger = stage.artefact("out_of_somebody")
    upheld = str(item(case, 1).id)
    sent = {"items": [upheld], "kin": [f"{upheld}:{stranger.id}"]}
    assert press(stage, "desk-uphold", case, **sent, **WORDS)[0] == 422
    assert not Measure.objects.exists()


def test_how_far_it_goes_is_shown_before_the_press_and_everything_typed_stays(
    stage: Stage, case: Case, sandbox: SandboxProcess
) -> None:
    sent: dict[str, Any] = {
        "items": [str(item(case, 1).id)],
        "families": ["model_takedown", "prompt_block"],
        "kin": [key(case, 1, "foxlantern-mix")],
        "terms": "Fox Spirit\n狐灵",
        f"sanction_{stage.paul.id}": "",
        **WORDS,
    }
    status, html = press(stage, "desk-touch", case, **sent)
    assert status == 200
    told = section(html, "reach-head")
    assert f"Model takedown foxspirit-v3 {counted(8, 4, 5, 4, 3, 1)}" in told
    assert f"Model takedown foxlantern-mix {counted(1, 1, 1, 1, 0, 0)}" in told
    assert "The very same mask &amp; bell.</textarea>" in html
    assert "狐灵</textarea>" in html
    assert html.count(" checked") == 4
    assert "There is a problem" not in html
    assert not Measure.objects.exists()
    assert sandbox.effects() == []


def test_it_can_be_asked_before_any_reason_is_written(stage: Stage, case: Case) -> None:
    sent = {"items": [str(item(case, 2).id)], "families": ["content_removal"]}
    status, html = press(stage, "desk-touch", case, **sent)
    assert status == 200
    assert f"Content removal out_2Lm7 {counted(1, 0, 1, 1, 0, 0)}" in section(html, "reach-head")
    assert "This field is required" not in html


def test_with_nothing_chosen_it_says_so(stage: Stage, case: Case) -> None:
    status, html = press(stage, "desk-touch", case, items=["nonsense"], families=["everything"])
    assert status == 200
    assert "Tick items with a measure" in section(html, "reach-head")


def test_a_sanction_is_asked_about_too(stage: Stage, case: Case, sandbox: SandboxProcess) -> None:
    sent = {"items": [str(item(case, 1).id)], f"sanction_{stage.paul.id}": "suspend"}
    told = section(press(stage, "desk-touch", case, **sent)[1], "reach-head")
    assert "User sanction · Suspension u_5512" in told


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"old_contract": {"times": 1}}, "This service does not say."),
        ({"fail": {"status": 503, "times": 1}}, "The service did not answer."),
        ({"fail": {"status": 403, "times": 1}}, "The service refused to say."),
    ],
)
def test_a_service_that_does_not_count_is_no_zero(
    stage: Stage, case: Case, sandbox: SandboxProcess, fault: dict[str, Any], words: str
) -> None:
    sandbox.fault(**fault)
    sent = {"items": [str(item(case, 2).id)], "families": ["content_removal"], **WORDS}
    status, html = press(stage, "desk-touch", case, **sent)
    assert status == 200
    assert words in section(html, "reach-head")


def test_a_service_that_is_down_is_not_asked_forty_times(
    stage: Stage, case: Case, sandbox: SandboxProcess
) -> None:
    sandbox.fault(fail={"status": 503, "times": 9})
    both = [str(item(case, n).id) for n in (1, 2)]
    sent = {"items": both, "families": ["content_removal", "model_takedown"]}
    told = section(press(stage, "desk-touch", case, **sent)[1], "reach-head")
    assert "1 further measure was not asked about." in told


def test_a_long_choice_is_asked_about_in_part_and_that_is_said(stage: Stage, case: Case) -> None:
    lora = item(case, 1)
    for number in range(MOST_ASKED + 2):
        thing = stage.artefact(f"out_many_{number}")
        ArtefactKin.objects.create(
            artefact_id=lora.artefact_id, kin=thing, relation="output", steps=1, read_at=NOW
        )
    kin = [key(case, 1, f"out_many_{n}") for n in range(MOST_ASKED + 2)]
    told = section(press(stage, "desk-touch", case, items=[str(lora.id)], kin=kin)[1], "reach-head")
    assert told.count("Not found on the service.") == MOST_ASKED
    assert "2 further measures were not asked about." in told


def test_a_service_that_does_not_tell_kin_is_not_shown_as_one_without(
    stage: Stage, sandbox: SandboxProcess
) -> None:
    made = stage.filed(stage.artefact("out_8Hk2"))
    sandbox.fault(old_contract={"times": 1})
    read_kin_of_items(made.id, now=NOW)
    claim(made.id, user=stage.tara, now=NOW)
    html = page(stage, made)
    assert "This service does not say" in section(html, "kin")
    assert "What it reaches: This service does not say" in html


def test_a_page_holds_so_many_lines_and_says_how_many_there_are_besides(
    case: Case,
) -> None:
    whole = kin_of_items(ClaimedItem.objects.filter(notice__case=case), most=None)
    lines = [len(one.lines) for one in whole]
    assert [(len(one.lines), one.left_out) for one in cut(whole, 5)] == [
        (5, lines[0] - 5),
        (0, lines[1]),
    ]
    assert [one.left_out for one in cut(whole, sum(lines))] == [0, 0]
