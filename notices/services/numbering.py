"""Human references, numbered within their year."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from common.references import reference

_NEXT = """
    INSERT INTO notices_referencecounter (prefix, year, last) VALUES (%s, %s, 1)
    ON CONFLICT (prefix, year) DO UPDATE SET last = notices_referencecounter.last + 1
    RETURNING last
"""


def next_reference(prefix: str, now: datetime) -> str:
    """The next reference of the year that it is in the operator's zone. Two callers never get the same."""
    year = now.astimezone(ZoneInfo(settings.TIME_ZONE)).year
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [prefix, year])
        number: int = cursor.fetchone()[0]
    return reference(prefix, year, number)
