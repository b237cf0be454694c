"""The only source of time: the database's clock, read once at the edge and handed down."""

from datetime import datetime

from django.db import connection


def now() -> datetime:
    """The present moment in UTC, by the database.

    Views, tasks and commands call this once and pass the value on; nothing below them reads a clock. In
    production `redress_now()` is the server's clock; only the tests, as the owner, ever replace it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT redress_now()")
        moment: datetime = cursor.fetchone()[0]
    return moment
