"""What the house itself knows of a case, told beside each question with its source, and no more than it holds."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings

from casework.assessment import facts
from casework.assessment.known import Known, known
from counternotices.models import CounterNotice
from notices.models import Case, ClaimedItem, Notice
from platforms.models import Artefact, ArtefactKin
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import DECIDED, FILED, Stage
from tests.database import Clock

NOON = datetime(2026, 9, 20, 4, 0, tzinfo=UTC)
DRAWN: dict[str, Any] = {
    "label": "implicit",
    "surface": "generation",
    "generation": {"model": "acme-ink-1", "paid": True, "upstream": "Brush AI", "prompt": "fox"},
}


@pytest.fixture(autouse=True)
def noon(clock: Clock, settings: LazySettings) -> None:
    clock.set(NOON)
    settings.PUBLIC_URL = "https://notices.example"


def drawn(stage: Stage, name: str, **record: object) -> Artefact:
    artefact = stage.artefact(name)
    artefact.record = {**DRAWN, **record}
    artefact.save()
    return artefact


def told(case: Case) -> dict[str, list[Known]]:
    return known(facts.read(case))


def texts(case: Case, question: str) -> list[str]:
    return [one.in_language("en") for one in told(case).get(question, [])]


def test_what_the_platform_told_of_the_outputs(stage: Stage) -> None:
    own = {"paid": False, "upstream": None, "model": "foxspirit"}
    case = stage.upheld(drawn(stage, "out_a"), drawn(stage, "out_b", label="none", generation=own))
    assert texts(case, "direct_benefit") == ["Made with a paid feature: 1 of 2 (item 1)"]
    assert texts(case, "upstream_model") == [
        "Item 2: drawn by the platform itself",
        "Item 1: drawn by Brush AI through its API",
    ]
    assert texts(case, "ai_mark") == [
        "Item 1: labelled in the metadata, not for the eye",
        "Item 2: not labelled",
    ]
    assert texts(case, "service_nature") == ["Kind of service: Generation service"]
    assert "Models named: acme-ink-1, foxspirit" in texts(case, "control")
    sources = {str(one.source) for one in told(case)["ai_mark"]}
    assert sources == {"told by the platform"}


def test_what_a_lora_reaches_is_told_of_beside_the_items(stage: Stage) -> None:
    lora = stage.artefact("lora")
    case = stage.upheld(lora)
    made = (drawn(stage, "out_a"), drawn(stage, "out_b", generation={"paid": False}))
    for kin in (*made, stage.artefact("link")):
        ArtefactKin.objects.create(
            artefact=lora, kin=kin, relation="output", steps=1, read_at=DECIDED
        )
    assert texts(case, "direct_benefit") == [
        "Of what the items reach, made with a paid feature: 1 of 2"
    ]
    assert texts(case, "upstream_model") == [
        "Of what the items reach, drawn by Brush AI through its API: 1"
    ]
    assert texts(case, "ai_mark") == [
        "Of what the items reach, labelled in the metadata, not for the eye: 2"
    ]
    assert texts(case, "maker") == ["Of what the items reach, generated on the service: 2"]


def test_nothing_is_said_of_what_the_platform_did_not_tell(stage: Stage) -> None:
    case = stage.upheld()
    silent = {"direct_benefit", "upstream_model", "ai_mark", "maker", "service_nature"}
    assert silent & set(told(case)) == set()
    assert "risk_warning" not in told(case)
    assert texts(case, "selection") == [], "its kin were not read: nobody knows"


def test_own_promotion_is_told_with_its_places(stage: Stage) -> None:
    thing, place = stage.artefact("lora"), stage.artefact("plc_home")
    case = stage.upheld(thing)
    ArtefactKin.objects.create(
        artefact=thing, kin=place, relation="placement", steps=1, read_at=DECIDED
    )
    items = ClaimedItem.objects.filter(notice__case=case)
    items.update(kin_read_at=DECIDED, kin_answer="whole")
    assert texts(case, "selection") == ["The service named no placement of its own."]
    items.update(promoted=True)
    assert texts(case, "selection") == [
        "The service itself shows item 1, or what it reaches: plc_home"
    ]


def test_how_fast_it_was_against_the_limits_of_the_law(stage: Stage) -> None:
    said = texts(stage.upheld(), "reaction")
    assert "Decided 2026-09-02 02:00 UTC, 24.0 hours after filing" in said
    assert "Measures that took effect: 1 of 1" in said
    assert "The last of them took effect 2026-09-02 02:00 UTC, 24.0 hours after filing" in said
    assert any(one.startswith("Kept the time limit 2026-09-") for one in said)
    assert any("timely, by the preliminary evidence" in one for one in said)


def test_a_limit_that_was_missed_is_told_so(stage: Stage, clock: Clock) -> None:
    case = stage.upheld()
    late = DECIDED + timedelta(days=90)
    type(case.decision).objects.filter(case=case).update(decided_at=late)
    assert any(one.startswith("Missed the time limit") for one in texts(case, "reaction"))


def test_earlier_upheld_items_count_but_not_those_given_back(stage: Stage) -> None:
    first, given_back = stage.upheld(), stage.upheld()
    counter = stage.contest(given_back)
    case = stage.filed()
    Case.objects.filter(id=case.id).update(filed_at=FILED + timedelta(days=30))
    case.refresh_from_db(fields=["filed_at"])
    user = "u_paul"

    assert texts(case, "repetition")[0] == f"Items upheld earlier against user {user}: 2"
    for state in ("forwarded", "waiting", "prevailed"):
        CounterNotice.objects.filter(id=counter.id).update(state=state)
    assert texts(case, "repetition")[0] == f"Items upheld earlier against user {user}: 1"
    assert texts(first, "repetition")[0].endswith(": 0"), "what came later is not earlier"


def test_sanctions_of_the_user_are_told(stage: Stage) -> None:
    case = stage.upheld(sanction="warn")
    assert "User u_paul: Warning, In force" in texts(case, "repetition")


def test_what_the_filer_said_is_told_as_theirs(stage: Stage) -> None:
    case = stage.upheld()
    Notice.objects.filter(case=case).update(
        work_published_at="https://lin.example/fox, 2021",
        work_kind="character",
        sample_origin="right_holder_test",
    )
    assert "Published: https://lin.example/fox, 2021" in texts(case, "fame")
    assert "Kind of work: Character or figure" in texts(case, "work_type")
    assert texts(case, "victim_intent") == [
        "Where the sample came from, in the filer's words: I made it myself, to see what the service does"
    ]
    other = "Other notices about a work of this title: 0, upheld: 0"
    assert other in texts(case, "fame")


def test_the_complaint_channel_is_this_very_portal(stage: Stage) -> None:
    said = " ".join(texts(stage.upheld(), "complaint_channel"))
    assert "https://notices.example/notices/new/" in said
    assert "This notice came by: Portal" in said


def test_rules_and_works_of_the_case_are_counted(stage: Stage) -> None:
    said = texts(stage.upheld(), "prevention")
    assert said == [
        "Prompt rules of this case in force: 0, ended: 0",
        "Works of this case that outputs are checked against: 0",
    ]


def test_a_percent_sign_in_what_somebody_wrote_does_no_harm(stage: Stage) -> None:
    case = stage.upheld()
    Notice.objects.filter(case=case).update(work_published_at="100 %(mine)s 50%")
    assert "Published: 100 %(mine)s 50%" in texts(case, "fame")


def test_a_hundred_items_make_short_sentences(stage: Stage) -> None:
    case = stage.upheld(*(drawn(stage, f"out_{number}") for number in range(30)))
    (paid,) = texts(case, "direct_benefit")
    assert paid.endswith("19, 20 …)")
