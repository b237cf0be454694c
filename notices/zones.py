"""The time zone a visitor reads moments in: their own choice, else what their language suggests."""

from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

COOKIE: Final = "timezone"
KNOWN: Final = frozenset(available_timezones())
# What is offered; any other zone of the database is taken as well.
OFFERED: Final = (
    "Asia/Shanghai", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Tokyo", "Asia/Seoul", "Asia/Singapore",
    "Asia/Bangkok", "Asia/Jakarta", "Asia/Manila", "Asia/Kolkata", "Asia/Karachi", "Asia/Dubai",
    "Asia/Jerusalem", "Europe/Istanbul", "Europe/Moscow", "Europe/Kyiv", "Europe/Athens",
    "Europe/Brussels", "Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Rome",
    "Europe/Warsaw", "Europe/Lisbon", "Europe/London", "Africa/Cairo", "Africa/Nairobi",
    "Africa/Johannesburg", "Africa/Lagos", "America/Sao_Paulo", "America/Argentina/Buenos_Aires",
    "America/New_York", "America/Toronto", "America/Chicago", "America/Mexico_City",
    "America/Denver", "America/Los_Angeles", "Pacific/Honolulu", "Australia/Perth",
    "Australia/Sydney", "Pacific/Auckland", "UTC",
)  # fmt: skip
_BY_LANGUAGE: Final = {"zh-hans": "Asia/Shanghai"}


def zone_of(request: HttpRequest) -> ZoneInfo:
    """The zone chosen in this browser; else that of the page's language; else the operator's."""
    chosen = request.COOKIES.get(COOKIE, "")
    if chosen in KNOWN:
        return ZoneInfo(chosen)
    return ZoneInfo(_BY_LANGUAGE.get(get_language() or "", settings.TIME_ZONE))


def offered(current: str) -> list[str]:
    """The zones to choose from, the current one among them."""
    return sorted({*OFFERED, current})
