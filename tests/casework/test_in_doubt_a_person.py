"""Nothing is done by itself unless it is surely the upheld file, and nobody found otherwise before."""

from collections.abc import Callable

import pytest

from casework.services import staying_down
from evidence.files import seal_own
from measures.models import Match, MeasureGround
from measures.services.match_deciding import dismiss
from notices.models import Case, ClaimedItem, NoticeFile
from notifications.models import Message
from tests.casework.test_staying_down import AT, HOUR, PAUL, letter, match_of, round_
from tests.casework.test_staying_down import case as case  # the fixture
from tests.casework.test_staying_down import platform as platform  # the fixture
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import Stage
from tests.matching import BYTES, SHA256, TellingPlatform, work_of
from tests.screening.test_file_and_text_prints import model

UPHELD = model(["up", "down"], {"title": "fox"})
RENAMED = model(["a", "b"], {"title": "my own"}, order=[1, 0])
RETRAINED = UPHELD[:-1] + b"\x07"


def other_bytes(_case: Case, stage: Stage, platform: TellingPlatform) -> None:
    """Under that name lies a quite different picture of Paul's."""
    platform.body = b"a quite different picture"


def a_page(_case: Case, stage: Stage, platform: TellingPlatform) -> None:
    """The name leads to a page of Paul's, which has no bytes."""
    platform.kind = "page"


def declined(case: Case, stage: Stage, _platform: TellingPlatform) -> None:
    """A person declined this very thing in this case."""
    refused(case, stage)


def declined_bytes(case: Case, stage: Stage, _platform: TellingPlatform) -> None:
    """A person declined another thing in this case that is the same file."""
    item = refused(case, stage, "out_7")
    file = seal_own(BYTES, name="output.bin", kind="image/png", at=AT)
    NoticeFile.objects.create(notice=case.notice, file=file, role="frozen", item=item, added_at=AT)


def given_back(case: Case, stage: Stage, _platform: TellingPlatform) -> None:
    """Another case gave this very thing back to Paul."""
    other = stage.upheld(stage.artefact("out_2"), email="nils@example.org")
    grounds = MeasureGround.objects.filter(case=other)
    grounds.update(ended_at=AT, ended_reason="restored")


def refused(case: Case, stage: Stage, name: str = "out_2") -> ClaimedItem:
    return ClaimedItem.objects.create(
        notice=case.notice,
        number=7,
        kind="output",
        locator=name,
        artefact=stage.artefact(name),
        outcome="declined",
    )


@pytest.mark.parametrize("doubt", [other_bytes, a_page, declined, declined_bytes, given_back])
def test_what_is_not_surely_the_upheld_file_is_shown_to_a_person(
    stage: Stage,
    case: Case,
    platform: TellingPlatform,
    doubt: Callable[[Case, Stage, TellingPlatform], None],
) -> None:
    platform.owners["out_2"] = PAUL
    doubt(case, stage, platform)
    match = match_of(case, platform, user=PAUL, output="out_2")
    assert (match.state, match.measure, match.letter) == ("review", None, None)


@pytest.mark.parametrize("again", ["out_3", ""])
def test_what_a_person_dismissed_is_not_taken_down_by_the_machine(
    stage: Stage, case: Case, platform: TellingPlatform, again: str
) -> None:
    platform.owners |= {"out_2": PAUL, "out_3": PAUL}
    first = match_of(case, platform, user=PAUL, output="out_2", kind="picture")
    dismiss(first.id, "Paul drew it himself.", user=stage.dan, now=AT)
    assert match_of(case, platform, user=PAUL, output=again).state == "review"


def test_the_same_output_in_other_bytes_was_dismissed(
    stage: Stage, case: Case, platform: TellingPlatform
) -> None:
    platform.owners["out_2"] = PAUL
    told = {"user": PAUL, "output": "out_2"}
    first = match_of(case, platform, kind="picture", sha256="c" * 64, **told)
    dismiss(first.id, "Paul drew it himself.", user=stage.dan, now=AT)
    assert match_of(case, platform, **told).state == "review"


def test_the_file_of_anothers_item_is_a_matter_for_a_person(
    stage: Stage, platform: TellingPlatform
) -> None:
    case = stage.upheld(stage.artefact("out_8", stage.user("pia")), stage.artefact("out_1"))
    pias = ClaimedItem.objects.get(artefact__external_id="out_8")
    work_of(case, AT, item=pias)
    platform.owners["out_2"] = PAUL
    assert match_of(case, platform, user=PAUL, output="out_2").state == "review"


def test_a_model_version_of_the_same_weights_waits_for_another_person_than_who_decided(
    stage: Stage, case: Case, platform: TellingPlatform
) -> None:
    work_of(case, AT, UPHELD)
    platform.owners["lora_2"], platform.kind, platform.body = PAUL, "model_version", RENAMED
    match = match_of(case, platform, user=PAUL, output="lora_2", kind="tensors")
    assert match.measure is not None
    assert (match.measure.family, match.measure.state) == ("model_takedown", "proposed")
    assert match.measure.ordered_by == stage.tara
    assert "a second person looks at it first" in letter().text


@pytest.mark.parametrize(("kind", "body"), [("model_version", RETRAINED), ("model", b"")])
def test_a_model_whose_weights_are_others_or_not_told_is_a_matter_for_a_person(
    stage: Stage, case: Case, platform: TellingPlatform, kind: str, body: bytes
) -> None:
    work_of(case, AT, UPHELD)
    platform.owners["lora_2"], platform.kind, platform.body = PAUL, kind, body
    match = match_of(case, platform, user=PAUL, output="lora_2", kind="tensors")
    assert (match.state, match.measure) == ("review", None)


@pytest.mark.parametrize("call", ["resolve", "content", "user"])
def test_a_platform_that_refuses_to_say_has_not_said_that_there_is_none(
    stage: Stage, case: Case, platform: TellingPlatform, call: str
) -> None:
    platform.owners["out_2"], platform.refuses = PAUL, call
    match = match_of(case, platform, user=PAUL, output="out_2")
    assert (match.state, match.measure) == ("review", None)
    assert match.last_error == "the platform refused: 401"
    assert not Message.objects.filter(template="stay_down_statement").exists()
    platform.refuses = ""
    round_(platform, AT + HOUR)
    match = Match.objects.get(id=match.id)
    assert match.state == "review", "it is a person's now"
    assert match.artefact is not None
    if call != "content":
        assert match.file is not None
        assert match.file.sha256 == SHA256


def test_what_was_shown_to_a_person_stays_theirs(
    stage: Stage, case: Case, platform: TellingPlatform
) -> None:
    platform.owners["out_2"], platform.refuses = PAUL, "resolve"
    match_of(case, platform, user=PAUL, output="out_2")
    assert staying_down.sweep(AT + HOUR) == 0
