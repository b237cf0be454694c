"""What an accepted notice protects is known to the output check, and forgotten with the case."""

import io

import pytest
from django.db import transaction
from PIL import Image

from common.actors import SETUP
from evidence.files import seal, seal_own
from measures.services import staydown
from notices.models import Case, ClaimedItem, Notice, NoticeFile
from notices.services.lifecycle import Step, advance, advance_regime
from screening.models import Fingerprint, Work
from screening.suite.generators import draw
from tests.measures.conftest import NOW, Stage


def reasons() -> set[str]:
    """Why works left the check; each did."""
    return set(Work.objects.values_list("ended_reason", flat=True))


def png(picture: Image.Image) -> bytes:
    content = io.BytesIO()
    picture.save(content, "PNG")
    return content.getvalue()


@pytest.fixture
def case(stage: Stage) -> Case:
    """Accepted: the right holder's picture, an upheld output as fetched, and a rejected one."""
    case = stage.case()
    Notice.objects.filter(case=case).update(work_title="Fox Spirit", filer_name="Nora")
    work = seal(png(draw("figure", 5, 1)), name="fox.png", at=NOW)
    NoticeFile.objects.create(notice=case.notice, file=work, role="work", added_at=NOW)
    for seed, outcome in ((2, "upheld"), (3, "rejected")):
        item = stage.item(case, stage.artefact(), outcome)
        for content, kind in (
            (png(draw("mosaic", 5, seed)), "image/png"),
            (b"{}", "application/json"),
        ):
            file = seal_own(content, name="frozen", kind=kind, at=NOW)
            NoticeFile.objects.create(
                notice=case.notice, file=file, role="frozen", item=item, added_at=NOW
            )
    return case


def test_the_work_and_the_upheld_outputs_are_known_once(case: Case, stage: Stage) -> None:
    assert staydown.sweep(NOW) == staydown.StaydownResult(2, 0)
    assert staydown.sweep(NOW) == staydown.StaydownResult(0, 0)
    work = Work.objects.get(item_id=None)
    assert (work.title, work.owner, work.case_reference) == ("Fox Spirit", "Nora", case.reference)
    assert work.approved_by == f"staff:{stage.tara.id}"
    kinds = sorted(Fingerprint.objects.values_list("kind", flat=True))
    assert kinds == ["file", "file", "picture", "picture"]
    upheld = Fingerprint.objects.get(upheld=True)
    assert upheld.work.item_id == ClaimedItem.objects.get(outcome="upheld").id


def test_a_restored_case_takes_its_work_out_of_the_check(case: Case, stage: Stage) -> None:
    staydown.sweep(NOW)
    regime = case.regimes.get()
    with transaction.atomic():
        for step in ("take_measures", "contest", "restore"):
            advance_regime(regime.id, step, Step(SETUP, NOW))
    assert staydown.sweep(NOW) == staydown.StaydownResult(0, 2)
    assert reasons() == {"case_restored"}
    assert staydown.sweep(NOW) == staydown.StaydownResult(0, 0)


def test_a_withdrawn_notice_protects_nothing_any_more(case: Case) -> None:
    staydown.sweep(NOW)
    with transaction.atomic():
        advance(case.id, "withdraw", Step(SETUP, NOW))
    assert staydown.sweep(NOW) == staydown.StaydownResult(0, 2)
    assert reasons() == {"case_withdrawn"}


def test_a_case_without_any_file_is_passed_by(stage: Stage) -> None:
    stage.case()
    assert staydown.sweep(NOW) == staydown.StaydownResult(0, 0)
