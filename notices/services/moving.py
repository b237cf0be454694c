"""Telling the parties that a date moved: from when to when, and why."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import override

from common.actors import SWEEP
from deadlines.derivation import explain
from deadlines.models import Deadline
from deadlines.registry import Change
from notices.models import Case
from notices.services.in_zone import end_in_words
from notices.services.letters import to_filer
from regimes.loader import pack

LETTER = "date_moved"


def moved_words(
    row: Deadline, change: Change, label: str | Promise, language: str
) -> Mapping[str, object]:
    """What the letter needs, in a stored language (`en`, `zh-Hans`); days are those of the law's zone."""
    zone = row.clock["zone"]
    with override(language.lower()):
        return {
            "clock": str(label),
            "regime": pack(row.pack_id, row.pack_version).title.in_language(language),
            "before": end_in_words(change.before, zone),
            "after": end_in_words(row.due_at, zone),
            "why": explain(change.why, language),
        }


def tell_filer(row: Deadline, change: Change, label: str | Promise, *, now: datetime) -> None:
    """Tell the filer that the date of this clock moved."""
    case = Case.objects.select_related("notice").get(id=row.case_id)
    words = moved_words(row, change, label, case.notice.language)
    to_filer(LETTER, case, words, now=now, actor=SWEEP)
