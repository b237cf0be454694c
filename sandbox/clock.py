"""The one place where the sandbox reads the time; everything else is handed `now`."""

from datetime import UTC, datetime


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """The moment as RFC 3339 in UTC, with microseconds, ending in Z; sorts as text."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
