"""Telling the affected user of a warning or suspension for what they stated, and of its end."""

from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import override

from common.actors import Actor
from counternotices.models import RespondentSanction
from counternotices.services.letters import to_respondent
from notices.languages import tag
from regimes.loader import pack
from regimes.questions import abuse_policy


class Said(StrEnum):
    """What a letter says; its template knows these words."""

    WARNED = "warned"
    SUSPENDED = "suspended"
    ENDED = "ended"
    LIFTED = "lifted"


def tell(row: RespondentSanction, said: Said, *, now: datetime, actor: Actor) -> None:
    """What was decided, on which factors of which law's policy, why, and how to contest it; or that it is over."""
    language = tag(row.respondent.language)
    law = pack(row.pack_id, row.pack_version)
    policy = abuse_policy(law, "counter")
    reasons = row.lifted_reasons if said is Said.LIFTED else row.reasons
    context = {
        "said": str(said),
        "law": law.title.in_language(language),
        "policy": policy.text.in_language(language) if policy else "",
        "factors": [factor[language] for factor in row.factors],
        "reasons": reasons.get(language, ""),
        "until": _until(row, law.zone, language),
        "address": settings.DEFAULT_FROM_EMAIL,
    }
    to_respondent("counter_sanction", row.case, row.respondent, context, now=now, actor=actor)


def _until(row: RespondentSanction, zone: str, language: str) -> str:
    if row.until is None:
        return ""
    with override(language.lower()):
        moment = date_format(row.until.astimezone(ZoneInfo(zone)), "DATETIME_FORMAT")
    return f"{moment} ({zone})"
