"""The part of upholding that is about people: for each affected user intent, sanction and term. Nothing is preselected."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from measures.ladder_policy import LONGEST_DAYS
from measures.rules import Intent, Level
from platforms.models import PlatformUser

_NO_SANCTION = ("", _("No sanction"))


def fields_for(person: PlatformUser) -> dict[str, forms.Field]:
    """The fields of one user, by their names on the form."""
    handle = {"handle": person.handle or person.external_id}
    return {
        f"intent_{person.id}": forms.ChoiceField(
            label=_("Intent of %(handle)s") % handle,
            choices=Intent.choices,
            required=False,
        ),
        f"sanction_{person.id}": forms.ChoiceField(
            label=_("Sanction for %(handle)s") % handle,
            choices=[_NO_SANCTION, *Level.choices],
            required=False,
        ),
        f"days_{person.id}": forms.IntegerField(
            label=_("Days until the sanction on %(handle)s ends by itself") % handle,
            help_text=_("Empty: until somebody lifts it."),
            required=False,
            min_value=1,
            max_value=LONGEST_DAYS,
        ),
    }


def intents(people: Iterable[PlatformUser], data: Mapping[str, Any]) -> dict[UUID, str]:
    """What was found of each user's intent, by their id."""
    return {person.id: data.get(f"intent_{person.id}", "") for person in people}


def ends(
    people: Iterable[PlatformUser], data: Mapping[str, Any], now: datetime
) -> dict[PlatformUser, datetime]:
    """When each sanction with a term ends (UTC)."""
    terms = {person: data.get(f"days_{person.id}") for person in people}
    return {person: now + timedelta(days=days) for person, days in terms.items() if days}
