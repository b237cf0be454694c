"""Work of this room for the Celery worker: thin, each a call of one service."""

import logging
from uuid import UUID

from celery import shared_task

from common.clock import now as read_clock
from notices.services import finding, receipt

log = logging.getLogger(__name__)
# A sweep takes so many at a time; the next one comes in ten seconds.
BATCH = 50


@shared_task(name="notices.issue_receipt")
def issue_receipt(case_id: str) -> None:
    """Issue the receipt of one case."""
    receipt.issue_receipt(UUID(case_id), now=read_clock())


@shared_task(name="notices.send_find_link")
def send_find_link(reference: str, email: str, language: str) -> None:
    """Send the link to find a notice again, if there is such a notice."""
    finding.send_find_link(reference, email, language, now=read_clock())


@shared_task(name="notices.sweep")
def sweep() -> None:
    """Issue every receipt that is wanting; one that fails keeps no other waiting."""
    for case_id in receipt.without_receipt().values_list("id", flat=True)[:BATCH]:
        try:
            receipt.issue_receipt(case_id, now=read_clock())
        except Exception:
            log.exception("The receipt of case %s could not be issued.", case_id)
