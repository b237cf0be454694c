"""The timeline: sentences from the ledger, only what concerns the filer, one line for many items."""

from uuid import uuid4

import pytest
from django.db import transaction

from common.actors import WORKER
from common.clock import now
from evidence.chain import case_chain
from evidence.ledger import append
from notices.presenters.timeline import for_filer


@pytest.mark.django_db
def test_what_comes_once_per_item_is_one_line_with_its_number_and_the_rest_stays_inside() -> None:
    case_id, moment = uuid4(), now()
    events = ["notice.filed", *["item.resolved", "item.not_found"] * 3, "case.claimed"]
    with transaction.atomic():
        for event in [*events, "case.review_started", "item.resolved", "measure.proposed"]:
            append(case_chain(case_id), event, actor=WORKER, at=moment)
    assert [line.sentence for line in for_filer(case_id)] == [
        "You filed the notice",
        "Items found on the service: 3",
        "Items not found on the service: 3",
        "Review began",
        "Items found on the service: 1",
    ]
