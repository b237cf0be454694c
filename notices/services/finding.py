"""Sending somebody who knows reference and e-mail a link that opens once."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from common.actors import WORKER
from common.transactions import lock_case
from notices.models import Notice
from notifications.services import Outgoing, Recipient, queue
from users.models import AccessLink, LinkPurpose
from users.services.links import issue_link

# Nobody's mailbox is filled by somebody else's presses.
PAUSE: Final = timedelta(minutes=2)


@transaction.atomic
def send_find_link(reference: str, email: str, language: str, *, now: datetime) -> bool:
    """Queue the link if a notice has this reference and address; whether one was queued.

    Nobody outside may learn the answer. A link that was queued less than PAUSE ago is not repeated.
    """
    notice = (
        Notice.objects.select_related("case")
        .filter(case__reference=reference, filer_email__iexact=email)
        .first()
    )
    if notice is None:
        return False
    lock_case(notice.case_id)
    if _just_sent(notice, now):
        return False
    token = issue_link(LinkPurpose.FIND, case_id=notice.case_id, now=now)
    recipient = Recipient("filer", notice.filer_name, notice.filer_email, language)
    link = settings.PUBLIC_URL + reverse("find-open", args=[token])
    context = {"reference": reference, "name": notice.filer_name, "link": link}
    letter = Outgoing("find_link", recipient, context)
    queue(letter, case_id=notice.case_id, now=now, actor=WORKER)
    return True


def _just_sent(notice: Notice, now: datetime) -> bool:
    links = AccessLink.objects.filter(case_id=notice.case_id, purpose=LinkPurpose.FIND)
    return links.filter(created_at__gt=now - PAUSE).exists()
