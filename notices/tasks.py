"""Work of this room for the Celery worker: thin, each a call of one service."""

import logging
from uuid import UUID

from celery import shared_task

from common.clock import now as read_clock
from notices.selectors import (
    with_files_to_trace,
    with_items_to_look_up,
    with_kin_to_read,
    without_receipt,
)
from notices.services import draft_mail, finding, kin, look_up, receipt, traces, warning
from notifications.errors import TransportError
from platforms.contract import PlatformError

log = logging.getLogger(__name__)
# A sweep takes so many at a time; the next one comes in ten seconds.
BATCH = 50


@shared_task(name="notices.issue_receipt")
def issue_receipt(case_id: str) -> None:
    """Issue the receipt of one case."""
    receipt.issue_receipt(UUID(case_id), now=read_clock())


@shared_task(name="notices.look_up_items")
def look_up_items(case_id: str) -> None:
    """Find the items of one case on the platform; what it does not answer now, the sweep asks again."""
    try:
        look_up.look_up_items(UUID(case_id), now=read_clock())
    except PlatformError as error:
        log.warning("The platform did not answer for case %s: %s", case_id, error)


@shared_task(name="notices.read_kin")
def read_kin(case_id: str) -> None:
    """Ask what the found items of one case are related to; what is not answered now, the sweep asks again."""
    try:
        kin.read_kin_of_items(UUID(case_id), now=read_clock())
    except PlatformError as error:
        log.warning("The platform did not tell the kin for case %s: %s", case_id, error)


@shared_task(name="notices.trace_files")
def trace_files(case_id: str) -> None:
    """Search the files of one case for traces of their making; what is not answered now, the sweep asks again."""
    try:
        traces.trace_files(UUID(case_id), now=read_clock())
    except PlatformError as error:
        log.warning("The platform did not tell of the numbers in case %s: %s", case_id, error)


@shared_task(name="notices.send_find_link")
def send_find_link(reference: str, email: str, language: str) -> None:
    """Send the link to find a notice again, if there is such a notice."""
    finding.send_find_link(reference, email, language, now=read_clock())


@shared_task(name="notices.send_draft_link")
def send_draft_link(token: str, email: str, language: str) -> None:
    """Mail the link of a draft to its writer."""
    try:
        draft_mail.send_draft_link(token, email, language, now=read_clock())
    except TransportError as error:
        # The page shows the link too, and a second press sends it again.
        log.warning("The link of a draft could not be mailed: %s", error)


@shared_task(name="notices.warn")
def warn(deadline_id: str) -> None:
    """Mail the owner of a clock that it runs out."""
    try:
        warning.mail_warning(UUID(deadline_id), now=read_clock())
    except TransportError as error:
        # The desk shows the clock all the same.
        log.warning("The warning about clock %s could not be mailed: %s", deadline_id, error)


@shared_task(name="notices.sweep")
def sweep() -> None:
    """Do what was not done when its task was sent: receipts, items to be looked up, their kin, and files."""
    for case_id in without_receipt().values_list("id", flat=True)[:BATCH]:
        try:
            receipt.issue_receipt(case_id, now=read_clock())
        except Exception:
            # One bad case keeps no other waiting; it is tried again and again, and told each time.
            log.exception("The receipt of case %s could not be issued.", case_id)
    for case_id in with_items_to_look_up(before=read_clock())[:BATCH]:
        look_up_items.delay(str(case_id))
    for case_id in with_kin_to_read(before=read_clock())[:BATCH]:
        read_kin.delay(str(case_id))
    for case_id in with_files_to_trace(before=read_clock())[:BATCH]:
        trace_files.delay(str(case_id))
