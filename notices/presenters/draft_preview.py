"""What the other side would see of a notice that is still being written."""

from datetime import datetime

from django.conf import settings

from notices.forms.base import lines
from notices.forms.found import KINDS
from notices.models import Draft
from notices.presenters.disclosure import Seen, Told, preview
from regimes.loader import in_force


def draft_preview(draft: Draft, language: str, now: datetime) -> list[Seen]:
    """The preview under every regime in use, by the law in force now, from the answers kept so far."""
    found, work = draft.answers.get("found", {}), draft.answers.get("work", {})
    you = draft.answers.get("you", {})
    told = Told(
        name=_one(you, "filer_name"),
        contact=_one(you, "filer_email"),
        work=_one(work, "work_title"),
        items=sum(len(lines(_one(found, name))) for name in KINDS),
        points=len(lines(_one(work, "points"))),
    )
    return preview([in_force(key, now) for key in settings.REGIMES], told, language)


def _one(answers: dict[str, list[str]], name: str) -> str:
    values = answers.get(name) or [""]
    return values[0].strip()
