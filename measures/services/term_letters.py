"""Telling whom a measure touches that it ends later than they were told."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from measures.models import Measure, MeasureGround
from measures.rules import Family, Level
from notices.languages import tag
from notices.services.in_zone import in_zone
from notices.services.lifecycle import Step
from notices.services.regimes import pack_of
from notifications.services import Outgoing, Recipient, queue
from users.models import LinkPurpose
from users.services.links import issue_link


def lengthened(measure: Measure, before: datetime | None, case_id: UUID, step: Step) -> None:
    """Tell the old and the new end, in their language and where the law of the case is that asked for it.

    A block of prompts touches nobody. The duration of a measure is theirs to know: Regulation (EU) 2022/2065 art. 17(3)(a).
    """
    person = measure.touches
    if person is None:
        return
    grounds = MeasureGround.objects.filter(measure=measure, case=case_id, ended_at=None)
    ground = grounds.select_related("case", "case_regime").earliest("created_at", "id")
    language, zone = tag(person.language), pack_of(ground.case_regime).zone
    token = issue_link(LinkPurpose.ANSWER, case_id=case_id, party_id=person.id, now=step.now)
    with override(language.lower()):
        told = {
            "measure": _named(measure),
            "before": _end(before, zone),
            "after": _end(measure.expires_at, zone),
        }
    filled = {
        "reference": ground.case.reference,
        "link": settings.PUBLIC_URL + reverse("answer", args=[token]),
        **told,
    }
    name = person.handle or person.external_id
    recipient = Recipient("respondent", name, person.email, language)
    letter = Outgoing("measure_lengthened", recipient, filled)
    queue(letter, case_id=case_id, now=step.now, actor=step.actor)


def _named(measure: Measure) -> str:
    if measure.family == Family.USER_SANCTION:
        return str(Level(measure.level).label)
    thing = measure.artefact
    title = (thing.title or thing.external_id) if thing else ""
    return f"{measure.get_family_display()}: {title}"


def _end(at: datetime | None, zone: str) -> str:
    return _("no end date") if at is None else in_zone(at, zone)
