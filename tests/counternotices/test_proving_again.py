"""The same proof sent again: answered plainly, with no further letter and no further entry."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from common.actors import filer
from counternotices.errors import AlreadyProved
from counternotices.models import CounterNotice, SuitProof
from counternotices.services import arrivals
from counternotices.services.waiting import Proof, file_suit_proof
from deadlines.services import sweep
from evidence.files import seal_own
from evidence.models import LedgerEntry
from notifications.models import Message
from tests.counternotices.stage import Stage
from tests.counternotices.test_pages import pdf
from tests.database import Clock

ARRIVED = datetime(2026, 9, 16, 2, tzinfo=ZoneInfo("UTC"))
OVER = datetime(2026, 10, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
LATER = OVER + timedelta(days=1)


def restored(stage: Stage) -> CounterNotice:
    counter = stage.forwarded(stage.upheld())
    stage.deliver(counter, ARRIVED)
    arrivals.sweep(ARRIVED + timedelta(hours=1))
    sweep.run(OVER)
    return counter


def written() -> tuple[int, int, int]:
    return LedgerEntry.objects.count(), Message.objects.count(), SuitProof.objects.count()


@transaction.atomic
def another_paper(proof: Proof) -> Proof:
    content = b"%PDF-1.4\n2 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
    return replace(proof, file=seal_own(content, name="b.pdf", kind="application/pdf", at=LATER))


@pytest.mark.parametrize(
    "change",
    [
        {"number": "(2026) 2"},
        {"file": "another"},
        {"file": "another", "number": "（2026） 1", "body": "guangzhou  intermediate court"},
    ],
)
def test_the_same_paper_or_the_same_proceedings_count_once(
    stage: Stage, change: dict[str, str]
) -> None:
    counter, proof = restored(stage), stage.proof(LATER)
    file_suit_proof(counter.id, proof, actor=filer(counter.id), now=LATER)
    again = another_paper(proof) if change.pop("file", "") else stage.proof(LATER)
    before = written()

    with pytest.raises(AlreadyProved, match="on record since"):
        file_suit_proof(counter.id, replace(again, **change), actor=filer(counter.id), now=LATER)  # type: ignore[arg-type]

    assert written() == before


@pytest.mark.parametrize("number", ["(2026) 2", ""])
def test_other_proceedings_are_taken_and_so_is_a_paper_without_a_number(
    stage: Stage, number: str
) -> None:
    counter, proof = restored(stage), stage.proof(LATER)
    first = replace(proof, number=number and "(2026) 1")
    file_suit_proof(counter.id, first, actor=filer(counter.id), now=LATER)

    other = replace(another_paper(proof), number=number)
    file_suit_proof(counter.id, other, actor=filer(counter.id), now=LATER)

    assert SuitProof.objects.count() == 2


def test_the_page_says_plainly_that_it_has_the_proof_already(
    stage: Stage, client: Client, clock: Clock
) -> None:
    counter = restored(stage)
    clock.set(LATER)
    case = counter.case_regime.case
    address = reverse("suit-proof", args=[stage.track_link(case), counter.reference])
    first, again = (
        {"kind": "suit", "body": "Guangzhou", "number": "1", "file-proof": pdf("a.pdf")}
        for _time in range(2)
    )
    client.post(address, first)
    before = written()

    answer = client.post(address, again, follow=True)

    assert "This proof has been on record since" in answer.content.decode()
    assert written() == before
