"""Telling a user that their appeal came in, and how it was answered."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import override

from common.actors import Actor
from measures.models import SanctionAppeal
from measures.rules import Level
from notices.languages import tag
from notices.services.regimes import pack_of
from notifications.services import Outgoing, Recipient, queue
from users.models import LinkPurpose
from users.services.links import issue_link

RESPONDENT: Final = "respondent"


def received(appeal: SanctionAppeal, *, until: datetime, now: datetime, actor: Actor) -> None:
    """It is with us, and by when a person answers."""
    zone = ZoneInfo(pack_of(appeal.case_regime).zone)
    with override(_language(appeal).lower()):
        day = date_format(until.astimezone(zone), "DATE_FORMAT")
    _send("sanction_appeal_received", appeal, {"until": day}, now=now, actor=actor)


def answered(appeal: SanctionAppeal, *, justified: bool, now: datetime, actor: Actor) -> None:
    """What was decided, and why."""
    context = {"justified": justified, "reasons": appeal.reasons[_language(appeal)]}
    _send("sanction_appeal_answered", appeal, context, now=now, actor=actor)


def _send(
    template: str,
    appeal: SanctionAppeal,
    context: Mapping[str, object],
    *,
    now: datetime,
    actor: Actor,
) -> None:
    person, case = appeal.platform_user, appeal.case
    language = _language(appeal)
    recipient = Recipient(
        RESPONDENT, person.handle or person.external_id, person.email, tag(person.language)
    )
    token = issue_link(LinkPurpose.ANSWER, case_id=case.id, party_id=person.id, now=now)
    with override(language.lower()):
        sanction = str(Level(appeal.measure.level).label)
    filled = {
        "reference": case.reference,
        "link": settings.PUBLIC_URL + reverse("answer-standing", args=[token]),
        "appeal": appeal.reference,
        "sanction": sanction,
        **context,
    }
    queue(Outgoing(template, recipient, filled), case_id=case.id, now=now, actor=actor)


def _language(appeal: SanctionAppeal) -> str:
    return tag(appeal.platform_user.language)
