"""Moments in words, in the active language and in a zone that is named: the reader may sit in another."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import override

from deadlines.selectors import day_of_end


def in_zone(moment: datetime, zone: str) -> str:
    """The moment by the clocks of this zone, with the zone's name."""
    return f"{date_format(moment.astimezone(ZoneInfo(zone)), 'DATETIME_FORMAT')} ({zone})"


def end_in_words(end: datetime, zone: str) -> str:
    """The last day of a period that ends at midnight in this zone; the moment, for one of hours."""
    day = day_of_end(end, zone)
    return in_zone(end, zone) if day is None else date_format(day, "DATE_FORMAT")


def until_in_words(until: datetime | None, zone: str, language: str) -> str:
    """Until when, in a stored language (`en`, `zh-Hans`); '' for what has no end."""
    with override(language.lower()):
        return in_zone(until, zone) if until else ""
