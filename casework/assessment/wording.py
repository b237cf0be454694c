"""Codes, numbers and moments in words, for what the house knows."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Final

from django.db.models import TextChoices
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.assessment.questions import Words
from platforms.models import SurfaceKind
from regimes.words import Text

MOST: Final = 20

# The states of a label under GB 45438-2025, as the platform contract names them.
LABEL_STATES: Final[Mapping[str, Words]] = {
    "explicit_and_implicit": _("labelled for the eye and in the metadata"),
    "explicit": _("labelled for the eye, not in the metadata"),
    "implicit": _("labelled in the metadata, not for the eye"),
    "none": _("not labelled"),
}
SURFACES: Final[Mapping[str, Words]] = dict(SurfaceKind.choices)


def coded(kind: type[TextChoices], code: str) -> Words:
    """The words of a code; a code nobody knows any more stands for itself."""
    return dict(kind.choices).get(code, code)


def spoken(text: Text) -> Words:
    """Words of a pack, in the language that is spoken when they are read."""
    return _spoken(text)


def listed(numbers: Iterable[int]) -> str:
    """The numbers of items, the first twenty; a dash for none."""
    every = sorted(numbers)
    shown = ", ".join(str(number) for number in every[:MOST])
    return (f"{shown} …" if len(every) > MOST else shown) or "–"


def moment(at: datetime) -> str:
    """A moment to the minute, in UTC, alike in every language."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def hours(since: datetime, until: datetime) -> str:
    """How many hours lie between two moments, to a tenth."""
    return f"{(until - since).total_seconds() / 3600:.1f}"


def _in_language(text: Text) -> str:
    return text.in_language(get_language() or "en")


_spoken = lazy(_in_language, str)
