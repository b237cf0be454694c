"""Case H, second half: it is not delivered again, who brings it again is known, and both lenses and the sum are on record."""

import io
import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from django.urls import reverse
from PIL import Image

from casework.services import staying_down
from common.clock import now
from measures.models import Match
from measures.services import matches, staydown
from notices.models import FileRole, NoticeFile
from platforms.services import client
from tests.journeys.house import ledger_is_whole, verified_offline
from tests.journeys.people import PAUL
from tests.journeys.plot import PAULS_ID, People

OUTPUTS_ALONE = {"found": {"outputs": "out_8Hk2", "models": "", "prompts": ""}}
AGAIN = {"found": {"outputs": "out_9Tq4", "models": "", "prompts": ""}}
COURT = {
    "body": "Hangzhou Internet Court",
    "number": "(2024) Zhe 0192 Min Chu 1587",
    "claimed": "300000",
    "awarded": "30000",
    "costs": "",
    "currency": "CNY",
    "dismissed": "Unfair competition",
    "effective_at": "2026-10-20T10:00",
}


def frozen(output: str) -> bytes:
    """The picture as it was sealed before anything was taken down."""
    papers = NoticeFile.objects.filter(role=FileRole.FROZEN, item__artefact__external_id=output)
    return papers.get(file__media_type="image/png").file.read()


def cut(picture: bytes) -> bytes:
    """The same picture, smaller by a margin and saved anew: another file."""
    with Image.open(io.BytesIO(picture)) as image:
        width, height = image.size
        inner = image.convert("RGB").crop((width // 50, height // 50, width, height))
    content = io.BytesIO()
    inner.save(content, "JPEG", quality=70)
    return content.getvalue()


def taken_up() -> None:
    """What the beat does with matches."""
    matches.sweep(client(), now)
    staying_down.sweep(now())


def upheld(people: People, moment: str, **how: str) -> str:
    """Filed, upheld and in force on one day; the reference."""
    people.house.at(f"{moment} 09:00:00")
    reference = people.nora.files(**(OUTPUTS_ALONE if moment < "2026-09-03" else AGAIN))
    people.house.at(f"{moment} 10:00:00")
    people.tara.claims(reference)
    people.tara.upholds(reference, families=["content_removal"], **how)
    people.house.crank()
    return reference


def test_it_is_not_delivered_again_by_its_bytes_or_its_looks(people: People) -> None:
    people.upheld()
    staydown.sweep(now())
    picture = frozen("out_8Hk2")
    stranger = people.house.sandbox.ask("GET", "/content/out_5Gd1.png").content

    same = people.house.guard_sees(picture, user=PAULS_ID)
    again = people.house.guard_sees(cut(picture), user=PAULS_ID)
    alike = people.house.guard_sees(cut(papers_of_the_work()), user="u_0001")

    decisions = [same["decision"], again["decision"], alike["decision"]]
    assert decisions == ["block", "review", "review"]
    assert people.house.guard_sees(stranger)["decision"] == "allow"
    taken_up()
    people.house.crank()
    assert sorted(Match.objects.values_list("state", flat=True)) == ["review", "review", "withheld"]
    assert "The output was not delivered" in people.house.letter(PAUL, "not delivered")
    people.tara.open(reverse("desk-matches"))
    assert "Fox Spirit" in people.tara.page.text
    match = Match.objects.get(state="review", first__user_external_id="u_0001")
    people.tara.open(reverse("desk-match", args=[match.id]))
    assert "style" in people.tara.page.text.lower()
    ledger_is_whole()


def papers_of_the_work() -> bytes:
    """The right holder's own picture of the work."""
    return NoticeFile.objects.filter(role=FileRole.WORK).earliest("id").file.read()


def test_who_meant_well_once_is_treated_otherwise_than_who_induces_again(people: People) -> None:
    first = people.nora.files(**OUTPUTS_ALONE)
    people.house.at("2026-09-02 10:00:00")
    people.tara.claims(first)
    before = people.tara.case(first).text
    assert "the ladder proposes: Warning" in before
    assert "Good faith: No step" in before
    people.tara.upholds(first, families=["content_removal"], sanction="warn", intent="inducement")
    people.house.crank()
    people.house.at("2026-09-05 09:00:00")

    second = people.nora.files(**AGAIN)
    people.house.at("2026-09-05 10:00:00")
    people.tara.claims(second)

    again = people.tara.case(second).text
    assert "the ladder proposes: Restriction" in again
    assert "Good faith: No step" not in again, "only a first case in good faith leaves no mark"
    assert people.house.standing(PAULS_ID)["state"] == "warned", "it proposes, nothing is done"


def test_both_lenses_are_on_one_sheet_and_the_courts_sum_beside_it(
    people: People, tmp_path: Path
) -> None:
    reference = people.upheld()
    sheet = people.tara.assesses(
        reference,
        {
            "style_alone": "missing",
            "similarity": ("present", "Mask and notch are the same."),
            "fame": ("present", "Known since 2021."),
            "selection": ("present", "Listed among the recommended."),
            "fault_lens": "present",
            "strict_lens": "unclear",
        },
    )
    assert "Conclusion under the fault lens Liable" in sheet.text
    assert "Conclusion under the strict-liability lens Open" in sheet.text
    people.house.at("2026-10-20 11:00:00")
    page = people.lea.record_award(reference, **COURT)
    assert "CNY 300,000.00 CNY 30,000.00 – Unfair competition" in page.text

    _pdf, bundle = people.lea.exports(reference)

    names = verified_offline(bundle, tmp_path)
    with ZipFile(BytesIO(bundle)) as zipped:
        case = next(name for name in names if name.endswith("case.json"))
        told = json.loads(zipped.read(case))
    (award,) = told["awards"]
    assert (award["claimed"], award["awarded"]) == ("300000.00", "30000.00")
    assert any(name.endswith("assessments/0001.json") for name in names)
    ledger_is_whole()
