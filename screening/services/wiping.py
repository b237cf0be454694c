"""Prompts are not kept longer than was said when they were put on record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from screening.models import PromptCheck

BATCH: Final = 5_000


@dataclass(frozen=True)
class Wiped:
    """How many checks lost their text, and how many went altogether."""

    texts: int
    rows: int


def wipe(now: datetime) -> Wiped:
    """One round at `now`, at most BATCH of each. Safe at any time and in parallel."""
    return Wiped(_texts(now), _rows(now))


@transaction.atomic
def _texts(now: datetime) -> int:
    due = PromptCheck.objects.filter(text_until__lte=now, prompt__isnull=False)
    # What goes altogether needs no wiping first.
    due = due.filter(keep_until__gt=now).order_by("text_until")[:BATCH]
    return PromptCheck.objects.filter(id__in=list(due.values_list("id", flat=True))).update(
        prompt=None
    )


@transaction.atomic
def _rows(now: datetime) -> int:
    due = PromptCheck.objects.filter(keep_until__lte=now).order_by("keep_until")[:BATCH]
    ids = list(due.values_list("id", flat=True))
    gone, _by_model = PromptCheck.objects.filter(id__in=ids, keep_until__lte=now).delete()
    return gone
