"""Case H, first half: one notice about a LoRA reaches its versions, merge, quantisation, examples, outputs, links, places and uploads."""

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from pypdf import PdfReader

from notices.models import Case, ClaimedItem
from platforms.models import Artefact
from tests.journeys.house import ledger_is_whole
from tests.journeys.people import PAUL, REASONS, Staff
from tests.journeys.plot import People

LORA_ALONE = {"found": {"outputs": "", "models": "foxspirit-v3", "prompts": ""}}
STRANGER = "fanworks@example.net"
# What the court's order covers: the models, what was made with them, where it is shown, what it was trained on.
TAKEN_DOWN = ("foxlantern-mix", "foxspirit-v3-q4")
REMOVED = (
    *("out_1Ex1", "out_1Ex2", "out_8Hk2", "out_9Tq4", "out_2Lm7", "out_7Mx1", "out_7Qz1"),
    *("lnk_m1", "lnk_f8", "lnk_l3", "lnk_x1"),
    *("plc_rec_fox", "plc_char_fox", "plc_banner"),
    *("trn_fox_01", "trn_fox_02", "mir_fox"),
)
LEFT = ("acme-ink-1", "out_7Lc1", "out_5Gd1", "doudou_xl@1", "doudou_xl", "plc_rec_harbour")


def filed(people: People) -> str:
    reference = people.nora.files(**LORA_ALONE)
    people.house.at("2026-09-02 10:00:00")
    people.tara.claims(reference)
    return reference


def choice(tara: Staff, reference: str) -> dict[str, Any]:
    """The LoRA itself and everything named above, each by its own tick."""
    item = ClaimedItem.objects.get(notice__case__reference=reference)
    wanted = Artefact.objects.filter(external_id__in=[*TAKEN_DOWN, *REMOVED])
    assert wanted.count() == len(TAKEN_DOWN) + len(REMOVED)
    answers: dict[str, Any] = {f"uphold-{name}": text for name, text in REASONS.items()}
    return answers | {
        "uphold-items": str(item.id),
        "uphold-families": ["model_takedown"],
        "uphold-kin": [f"{item.id}:{one.id}" for one in wanted],
    }


def upheld(people: People) -> str:
    """Tara looks how far it goes, upholds; Dan approves the three takedowns."""
    reference = filed(people)
    people.tara.case(reference)
    people.tara.press("Show what this would touch", choice(people.tara, reference))
    people.tara.press("Uphold and order the measures")
    people.house.crank()
    assert people.dan.approves_all() == 3
    people.house.crank()
    return reference


def test_the_reviewer_sees_everything_the_lora_reaches_and_that_the_house_showed_it(
    people: People,
) -> None:
    reference = filed(people)
    text = people.tara.case(reference).text
    for words in (*TAKEN_DOWN, *REMOVED, "acme-ink-1", "pg_fox", "Own promotion"):
        assert words in text, words
    assert "doudou_xl@1" not in text
    assert Case.objects.get(reference=reference).notice.items.get().promoted


def test_how_far_it_goes_is_told_by_the_service_before_anything_is_ordered(people: People) -> None:
    reference = filed(people)
    people.tara.case(reference)
    page = people.tara.press("Show what this would touch", choice(people.tara, reference))
    told = (
        "Model takedown foxspirit-v3 Outputs 8 Versions 4 Users 5 Links 4 Places 3 Licensed uses 1"
    )
    assert told in page.text
    assert people.house.sandbox.effects() == []
    people.tara.press("Uphold and order the measures")
    people.house.crank()
    assert people.house.state("lnk_f8") == "removed", "what was ticked stayed ticked"


def test_one_notice_reaches_them_all_and_nothing_else(people: People) -> None:
    upheld(people)
    house = people.house
    down = {name: house.state(name) for name in ("foxspirit-v3", *TAKEN_DOWN)}
    assert set(down.values()) == {"disabled"}
    assert {house.state(f"foxspirit-v3@{n}") for n in (1, 2)} == {"disabled"}
    assert {name: house.state(name) for name in REMOVED} == dict.fromkeys(REMOVED, "removed")
    assert {name: house.state(name) for name in LEFT} == dict.fromkeys(LEFT, "available")
    home = house.sandbox.ask("GET", "/").text
    assert "out_8Hk2" not in home
    assert "foxspirit-v3" not in home
    assert "out_5Gd1" in home
    for path in ("/s/M1foxV", "/p/plc_rec_fox", "/t/trn_fox_01", "/content/out_7Mx1.png"):
        assert house.sandbox.ask("GET", path).status_code == 410


def test_the_owner_of_the_merge_is_told_of_theirs_and_paul_of_his(people: People) -> None:
    reference = upheld(people)
    letter = people.house.letter(STRANGER, reference)
    assert "Fox & Lantern mix" in letter
    assert "trn_fox_01" not in letter
    assert "Fox & Lantern mix" not in people.house.letter(PAUL, reference)


def test_the_case_file_lists_what_was_reached_and_what_was_done_to_each(people: People) -> None:
    reference = upheld(people)
    pdf, bundle = people.tara.exports(reference)
    pages = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    assert "What item 1 reaches" in pages
    assert "plc_rec_fox" in pages
    with ZipFile(BytesIO(bundle)) as zipped:
        name = next(one for one in zipped.namelist() if one.endswith("case.json"))
        told = json.loads(zipped.read(name))
    [kin] = told["kin"]
    assert (kin["answer"], kin["promoted"]) == ("whole", True)
    lines = {line["artefact"]["external_id"]: line for line in kin["kin"]}
    assert lines["lnk_x1"]["via"] == "foxlantern-mix"
    done = {name for name, line in lines.items() if line["measures"]}
    assert done == {*TAKEN_DOWN, *REMOVED}
    assert lines["acme-ink-1"]["measures"] == []
    ledger_is_whole()
