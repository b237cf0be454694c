"""The part of the uphold form that says how prompts are blocked. What is left as it stands is the usual choice."""

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.utils.dateparse import parse_date
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.services.orders import BlockChoice
from screening.engine.rules import Mode
from screening.rules import FIELDS

MODES: Final = (
    (
        Mode.BLOCK.value,
        pgettext_lazy("rule", "Block: the prompt is refused, with the way to object"),
    ),
    (
        Mode.WARN.value,
        pgettext_lazy("rule", "Warn: the user is told why and may confirm and go on"),
    ),
    (
        Mode.SHADOW.value,
        pgettext_lazy("rule", "Watch: nobody is stopped, and you see who would have been"),
    ),
)
BLOCK_FIELDS: Final = (
    "aliases",
    "allow_phrases",
    "mode",
    "negative_too",
    "territory",
    "expires_at",
    "names_person",
)
_FEW: Final = forms.Textarea(attrs={"rows": 2})
_TERRITORY: Final = re.compile(r"[A-Z]{2}")


class BlockFields(forms.Form):
    """How prompts are blocked. `expires_at` is the last day, in the operator's zone."""

    terms = forms.CharField(
        label=_("Terms to block, one per line"),
        help_text=_(
            "The name of the work in every language it is known in. The language is seen from the script;"
            " where it cannot be, add its tag: Totoro [ja]."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=5_000,
    )
    aliases = forms.CharField(
        label=_("Aliases, one per line"),
        help_text=_("What people call it instead: nicknames, old names, usual misspellings."),
        widget=_FEW,
        required=False,
        max_length=5_000,
    )
    allow_phrases = forms.CharField(
        label=_("Phrases that stay allowed, one per line"),
        help_text=_("Where a term stands inside one of these, the rule does not see it."),
        widget=_FEW,
        required=False,
        max_length=5_000,
    )
    mode = forms.ChoiceField(
        label=_("What the rule does"),
        choices=MODES,
        initial=Mode.BLOCK.value,
        required=False,
    )
    negative_too = forms.BooleanField(
        label=_("Look in the negative prompt too (it keeps a thing out, so usually not)"),
        required=False,
    )
    territory = forms.CharField(
        label=_("Territory"),
        help_text=_("Two capital letters such as CN, or EU. Empty: everywhere."),
        required=False,
        max_length=2,
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    expires_at = forms.DateField(
        label=_("Last day"),
        help_text=_("Empty: until the case is given back or withdrawn."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter the day as 2027-01-31.")},
        input_formats=["%Y-%m-%d"],
    )
    names_person = forms.BooleanField(
        label=_(
            "A term is the name of a real person (the rule is never shared with other providers)"
        ),
        required=False,
    )

    def clean_territory(self) -> str:
        """Two letters, in capitals, or nothing."""
        given: str = self.cleaned_data["territory"].strip().upper()
        if given and not _TERRITORY.fullmatch(given):
            raise forms.ValidationError(
                _("Give the territory as two capital letters (CN, US, EU), or leave it empty.")
            )
        return given


def block_choice(data: Mapping[str, Any]) -> BlockChoice:
    """What was chosen; what was left empty is the usual choice. `data` may hold what was typed and not yet checked."""
    day, mode = data.get("expires_at"), str(data.get("mode") or "")
    territory = str(data.get("territory") or "").strip().upper()
    return BlockChoice(
        aliases=lines(data.get("aliases", "")),
        allow=lines(data.get("allow_phrases", "")),
        mode=mode if mode in set(Mode) else Mode.BLOCK.value,
        fields=FIELDS if data.get("negative_too") else FIELDS[:1],
        territory=territory if _TERRITORY.fullmatch(territory) else "",
        expires_at=_end_of(_day(day)),
        names_person=bool(data.get("names_person")),
    )


def lines(text: str) -> list[str]:
    """What stands on each line, without empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _day(given: Any) -> Any:
    if not isinstance(given, str):
        return given
    try:
        return parse_date(given)
    except ValueError:
        return None


def _end_of(day: Any) -> datetime | None:
    """The first moment after the day, in the operator's zone."""
    return make_aware(datetime.combine(day + timedelta(days=1), time())) if day else None
