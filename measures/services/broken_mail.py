"""Mailing whoever ordered and approved a measure that tests found it not to hold."""

import logging
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from measures.models import Measure
from measures.services.expectations import people_of
from measures.services.lifecycle import target_of
from notices.languages import tag
from notifications.errors import TransportError
from notifications.mail import compose, envelope_address
from notifications.models import Message
from notifications.transport import transport
from notifications.writing import write
from users.models import User
from users.roles import Role

LETTER: Final = "measure_broken"
log = logging.getLogger(__name__)


def tell(measure_id: UUID, *, now: datetime) -> int:
    """Mail everybody who ordered or approved the measure, and every approver; how many mails left.

    Nothing is stored: it is a note among staff. The same finding told twice is the same mail. A mail that
    is lost loses nothing: the board shows the measure in red.
    """
    measure = Measure.objects.select_related("artefact", "platform_user").get(id=measure_id)
    if measure.found_broken_at is None:
        return 0
    return sum(_mail(measure, person, now) for person in recipients(measure))


def recipients(measure: Measure) -> list[User]:
    """Who is told: whoever answers for the measure, and every approver. Nobody twice."""
    approver = Q(roles__contains=[Role.APPROVER])
    wanted = User.objects.filter(Q(id__in=people_of(measure)) | approver, is_active=True)
    return list(wanted.exclude(email="").order_by("email"))


def _mail(measure: Measure, person: User, now: datetime) -> bool:
    mail = compose(_message(measure, person, now), [])
    way = transport(settings.EMAIL_URL)
    try:
        way.send(mail, settings.DEFAULT_FROM_EMAIL, envelope_address(person.email))
    except TransportError as error:
        log.warning("Nobody could be mailed about measure %s: %s", measure.id, error)
        return False
    return True


def _message(measure: Measure, person: User, now: datetime) -> Message:
    language = tag(person.language)
    context = {
        "reference": str(measure.id)[:8],
        "name": person.name,
        "link": "",
        "address": settings.PUBLIC_URL + reverse("measure", args=[measure.id]),
        "measure": measure,
        "target": target_of(measure)[:80],
    }
    letter = write(LETTER, language, context)
    return Message(
        id=uuid5(measure.id, f"{person.id} {measure.found_broken_at}"),
        template=LETTER,
        language=language,
        name=person.name,
        address=person.email,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        queued_at=now,
    )
