"""Filters of the desk's templates."""

from decimal import Decimal

from django import template
from django.db.models import Model
from django.utils.translation import gettext

from casework import money
from casework.presenters.tints import tint_of
from evidence.events import EVENTS
from measures.models import Measure
from measures.services.shown import Verification, verification
from regimes.page_words import CONFIDENCE
from regimes.words import Text

register = template.Library()


@register.filter
def in_language(text: Text, language: str) -> str:
    """Words of a pack in the page's language."""
    return text.in_language(language)


@register.filter
def how_sure(code: str, language: str) -> str:
    """How well a source was read, in words."""
    return CONFIDENCE[code].in_language(language)


@register.filter
def sentence(event: str) -> str:
    """An event's sentence in the page's language; its name if it is one of an older version."""
    return gettext(EVENTS[event]) if event in EVENTS else event


@register.filter
def amount(value: Decimal | None, currency: str) -> str:
    """A sum with its currency; a dash for one that was not named."""
    return money.amount(value, currency)


@register.filter
def tint(row: Model) -> str:
    """The class of the badge for the state of a row."""
    return tint_of(row)


@register.filter
def shown(measure: Measure) -> Verification:
    """What tests have shown of a measure."""
    return verification(measure)
