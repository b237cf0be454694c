"""Each upheld item is known by itself: what is given back is free again, what is upheld later is learnt."""

import hashlib

import pytest
from django.db import transaction

from common.actors import SETUP
from evidence.files import seal_own
from measures.models import Measure
from measures.services import end_grounds, standing, staydown
from measures.services.approval import approve
from measures.services.orders import Order
from measures.services.staydown import StaydownResult
from notices.models import Case, ClaimedItem, NoticeFile
from notices.services.lifecycle import Step, advance_regime
from screening.models import Fingerprint, Work
from tests.measures.conftest import NOW, Stage

STEP = Step(SETUP, NOW)


def upheld(stage: Stage, case: Case, body: bytes, kind: str = "output") -> ClaimedItem:
    """A further item that was upheld, frozen as these bytes."""
    item = stage.item(case, stage.artefact(kind))
    file = seal_own(body, name="frozen", kind="image/png", at=NOW)
    NoticeFile.objects.create(notice=case.notice, file=file, role="frozen", item=item, added_at=NOW)
    return item


def taken(stage: Stage, case: Case, body: bytes) -> ClaimedItem:
    """As `upheld`, and ordered to be removed."""
    item = upheld(stage, case, body)
    stage.impose(case, Order("content_removal", item=item))
    return item


def refused() -> set[bytes]:
    """Which hashes the check refuses."""
    live = Fingerprint.objects.filter(upheld=True, work__ended_at=None)
    return {bytes(bits) for bits in live.values_list("bits", flat=True)}


def hashes(*bodies: bytes) -> set[bytes]:
    return {hashlib.sha256(body).digest() for body in bodies}


@pytest.mark.parametrize("reason", ["restored", "court", "corrected", "conflict", "expired"])
def test_an_item_that_was_given_back_is_refused_no_more_and_the_others_still_are(
    stage: Stage, reason: str
) -> None:
    case = stage.case()
    pauls, _pias = taken(stage, case, b"pauls"), taken(stage, case, b"pias")
    assert staydown.sweep(NOW) == StaydownResult(2, 0)
    assert refused() == hashes(b"pauls", b"pias")
    end_grounds(case.regimes.get(), reason, STEP, items=[pauls.id])
    assert staydown.sweep(NOW) == StaydownResult(0, 1)
    assert refused() == hashes(b"pias")
    assert Work.objects.get(item_id=pauls.id).ended_reason == f"item_{reason}"
    assert staydown.sweep(NOW) == StaydownResult(0, 0)


def test_an_item_that_another_law_still_holds_stays_known(stage: Stage) -> None:
    case = stage.case("cn-civil-code", "us-dmca-512")
    item = taken(stage, case, b"pauls")
    staydown.sweep(NOW)
    first, second = case.regimes.order_by("pack_id")
    end_grounds(first, "restored", STEP, items=[item.id])
    assert staydown.sweep(NOW) == StaydownResult(0, 0)
    end_grounds(second, "restored", STEP, items=[item.id])
    assert staydown.sweep(NOW) == StaydownResult(0, 1)


def test_an_item_that_was_entered_alone_is_forgotten_with_its_entry(stage: Stage) -> None:
    case = stage.case()
    item = upheld(stage, case, b"pauls")
    with transaction.atomic():
        standing.enter(case, {}, STEP)
    assert staydown.sweep(NOW) == StaydownResult(1, 0)
    with transaction.atomic():
        standing.let_go(case.regimes.get(), "court", STEP, items=[item.id])
    assert staydown.sweep(NOW) == StaydownResult(0, 1)
    assert refused() == set()


def test_a_sanction_on_an_item_does_not_keep_what_was_given_back(stage: Stage) -> None:
    case = stage.case()
    item = taken(stage, case, b"pauls")
    order = Order("user_sanction", item, None, stage.paul, "warn")
    stage.impose(case, order)
    staydown.sweep(NOW)
    removal = item.artefact
    measures = [
        one.id for one in Measure.objects.filter(grounds__case=case) if one.artefact == removal
    ]
    end_grounds(case.regimes.get(), "court", STEP, measures=measures)
    assert staydown.sweep(NOW) == StaydownResult(0, 1)


def test_what_is_upheld_later_is_learnt(stage: Stage) -> None:
    case = stage.case()
    taken(stage, case, b"pauls")
    staydown.sweep(NOW)
    taken(stage, case, b"later")
    assert staydown.sweep(NOW) == StaydownResult(1, 0)
    assert refused() == hashes(b"pauls", b"later")


def test_what_comes_back_into_force_is_known_again(stage: Stage) -> None:
    case = stage.case()
    item = upheld(stage, case, b"pauls")
    paper = seal_own(b"my work", name="work", kind="image/png", at=NOW)
    NoticeFile.objects.create(notice=case.notice, file=paper, role="work", added_at=NOW)
    regime = case.regimes.get()
    assert staydown.sweep(NOW) == StaydownResult(2, 0)
    for steps, result in (
        (("take_measures", "contest", "restore"), StaydownResult(0, 2)),
        (("record_suit",), StaydownResult(2, 0)),
        (("restore",), StaydownResult(0, 2)),
        (("record_suit",), StaydownResult(2, 0)),
    ):
        with transaction.atomic():
            for step in steps:
                advance_regime(regime.id, step, STEP)
        assert staydown.sweep(NOW) == result
    assert refused() == hashes(b"pauls")
    assert Work.objects.filter(item_id=item.id).count() == 3
    assert Work.objects.filter(item_id=item.id, ended_at=None).count() == 1


def test_a_law_that_does_not_apply_keeps_nothing_known(stage: Stage) -> None:
    case = stage.case("cn-civil-code", "us-dmca-512")
    upheld(stage, case, b"pauls")
    staydown.sweep(NOW)
    first, second = case.regimes.order_by("pack_id")
    with transaction.atomic():
        advance_regime(first.id, "remove", STEP)
        for step in ("take_measures", "contest", "restore"):
            advance_regime(second.id, step, STEP)
    assert staydown.sweep(NOW) == StaydownResult(0, 1)


def test_a_proposal_refuses_nothing_until_another_person_approved_it(stage: Stage) -> None:
    case = stage.case()
    item = upheld(stage, case, b"lora", "model_version")
    (proposal,) = stage.impose(case, Order("model_takedown", item=item))
    assert proposal.state == "proposed"
    assert staydown.sweep(NOW) == StaydownResult(0, 0)
    approve(proposal.id, user=stage.dan, now=NOW)
    assert staydown.sweep(NOW) == StaydownResult(1, 0)
    assert refused() == hashes(b"lora")
