"""Mailing the link of a draft. There is no case yet: no ledger, no stored message, only a mail."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from notices.services.drafts import open_draft
from notifications.mail import compose, envelope_address
from notifications.models import Message
from notifications.transport import transport
from notifications.writing import write

LETTER = "draft_link"


def send_draft_link(token: str, email: str, language: str, *, now: datetime) -> None:
    """Mail the link to the address that the draft itself names. Raises NotFound and TransportError.

    The message is never stored, because the link opens the draft for whoever reads it.
    """
    draft = open_draft(token)
    link = settings.PUBLIC_URL + reverse("draft-resume", args=[token])
    letter = write(LETTER, language, {"link": link, "name": "", "reference": ""})
    message = Message(
        case_id=draft.id,
        template=LETTER,
        language=language,
        address=email,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        queued_at=now,
    )
    way = transport(settings.EMAIL_URL)
    way.send(compose(message, []), settings.DEFAULT_FROM_EMAIL, envelope_address(email))
