"""Telling a filer of a warning, of a suspension, and of its end."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings

from common.actors import Actor
from notices.languages import tag
from notices.models import Notice, NotifierSanction
from notices.services.in_zone import until_in_words
from notices.services.letters import to_filer
from notices.states import SanctionLevel
from regimes.loader import pack
from regimes.questions import abuse_policy


def imposed(row: NotifierSanction, *, now: datetime, actor: Actor) -> None:
    """What was decided, on which factors of which law's policy, why, and how to contest it."""
    language = _language(row)
    law = pack(row.pack_id, row.pack_version)
    policy = abuse_policy(law)
    context = {
        "law": law.title.in_language(language),
        "policy": policy.text.in_language(language) if policy else "",
        "factors": [factor[language] for factor in row.factors],
        "reasons": row.reasons[language],
        "until": until_in_words(row.until, law.zone, language),
        "address": settings.DEFAULT_FROM_EMAIL,
    }
    template = "filer_suspended" if row.level == SanctionLevel.SUSPEND else "filer_warned"
    to_filer(template, row.case, context, now=now, actor=actor)


def ended(row: NotifierSanction, *, now: datetime, actor: Actor) -> None:
    """They may file again."""
    to_filer("filer_suspension_ended", row.case, {}, now=now, actor=actor)


def lifted(row: NotifierSanction, *, now: datetime, actor: Actor) -> None:
    """It was taken back, and why."""
    reasons: Mapping[str, str] = row.lifted_reasons
    context = {"reasons": reasons[_language(row)], "level": row.level}
    to_filer("filer_sanction_lifted", row.case, context, now=now, actor=actor)


def _language(row: NotifierSanction) -> str:
    return tag(Notice.objects.values_list("language", flat=True).get(case_id=row.case_id))
