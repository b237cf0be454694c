"""Telling the affected user of a warning or suspension for what they stated, and of its end."""

from datetime import datetime
from enum import StrEnum

from django.conf import settings

from common.actors import Actor
from counternotices.models import RespondentSanction
from counternotices.services.letters import to_respondent
from notices.languages import tag
from notices.services.in_zone import until_in_words
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
        "until": until_in_words(row.until, law.zone, language),
        "address": settings.DEFAULT_FROM_EMAIL,
    }
    to_respondent("counter_sanction", row.case, row.respondent, context, now=now, actor=actor)
