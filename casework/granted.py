"""More time that was granted, in words: who granted it, and the unit it is counted in."""

from collections.abc import Sequence

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from deadlines.calendars.explain import EN, UNITS, ZH
from deadlines.models import Extension
from users.models import User


def unit_in(unit: str, language: str) -> str:
    """The unit of a clock in this language (any tag)."""
    tag = ZH if language.lower().startswith("zh") else EN
    return UNITS[tag].get(unit, unit).removeprefix("个")


def granters(granted: Sequence[Extension]) -> dict[str, str]:
    """The names of those who granted it, by the key they acted under. One query."""
    keys = {one.granted_by for one in granted}
    people = User.objects.annotate(key=Concat(Value("staff:"), Cast("id", CharField())))
    return dict(people.filter(key__in=keys).values_list("key", "name"))
