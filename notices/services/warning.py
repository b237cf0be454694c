"""Warning whoever holds a case that a clock runs out, or ran out. The desk shows it in any case."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from common.jobs import enqueue
from deadlines.models import Deadline
from deadlines.registry import Due, Kind
from deadlines.states import OPEN, State
from notices.languages import tag
from notices.models import Case
from notices.services.in_zone import end_in_words
from notifications.mail import compose, envelope_address
from notifications.models import Message
from notifications.transport import transport
from notifications.writing import write
from users.models import User

LETTER = "clock_warning"


def warn(due: Due) -> None:
    """Mail whoever is to know, after commit. A mail that is lost loses nothing: the desk shows the clock."""
    enqueue("notices.warn", due.deadline_id)


def warn_many(dues: Sequence[Due]) -> None:
    """As `warn`, for many."""
    for due in dues:
        warn(due)


def warned(kind: Kind) -> Kind:
    """The kind with its owner mailed before its end and, where it measures a duty, after it."""
    told = replace(kind, warn=warn, warn_many=warn_many)
    return replace(told, breach=warn, breach_many=warn_many) if kind.is_duty else told


def mail_warning(deadline_id: UUID, *, now: datetime) -> bool:
    """Mail the owner of a clock that it runs out or ran out; whether there was anybody to mail.

    The owner is who holds the clock, else who holds the case. Nothing is stored: it is a note among staff and
    no part of the case. The same warning sent twice is the same mail. Raises TransportError.
    """
    row = Deadline.objects.filter(id=deadline_id, state__in=OPEN).first()
    owner = owner_of(row) if row else None
    if row is None or owner is None or not owner.email:
        return False
    mail = compose(_message(row, owner, now), [])
    way = transport(settings.EMAIL_URL)
    way.send(mail, settings.DEFAULT_FROM_EMAIL, envelope_address(owner.email))
    return True


def owner_of(row: Deadline) -> User | None:
    """Who is to see to a clock: its owner, else who holds the case; None when nobody does."""
    held_by = Case.objects.filter(id=row.case_id).values("claimed_by")
    owners = User.objects.filter(is_active=True)
    if row.owner_id:
        return owners.filter(id=row.owner_id).first()
    return owners.filter(id__in=held_by).first()


def _message(row: Deadline, owner: User, now: datetime) -> Message:
    language = tag(owner.language)
    case = Case.objects.only("reference").get(id=row.case_id)
    over = row.state == State.BREACHED
    with override(language.lower()):
        context = {
            "reference": case.reference,
            "name": owner.name,
            "link": "",
            "address": settings.PUBLIC_URL + reverse("desk-case", args=[case.reference]),
            "clock": row.clock["label"][language],
            "until": end_in_words(row.due_at, row.clock["zone"]),
            "over": over,
        }
    letter = write(LETTER, language, context)
    moment = row.due_at if over else row.warned_at or now
    return Message(
        id=uuid5(row.pk, moment.isoformat()),
        case_id=row.case_id,
        template=LETTER,
        language=language,
        name=owner.name,
        address=owner.email,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        queued_at=now,
    )
