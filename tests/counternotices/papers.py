"""Papers of a court, sealed, and letters that arrive."""

from datetime import datetime

from django.db import transaction

from counternotices.services import arrivals
from counternotices.services.courts import Paper
from evidence.files import seal_own
from notifications.models import Message
from tests.counternotices.stage import PDF


@transaction.atomic
def paper(at: datetime) -> Paper:
    """An order of the court that counts from this moment."""
    return Paper(seal_own(PDF, name="order.pdf", kind="application/pdf", at=at), at)


def told(template: str, at: datetime) -> None:
    """As if the mail server had taken every such letter at this moment."""
    for letter in Message.objects.filter(template=template):
        Message.objects.filter(id=letter.id).update(state="sent", sent_at=at)
        Message.objects.filter(id=letter.id).update(state="delivered", delivered_at=at)
    arrivals.sweep(at)
