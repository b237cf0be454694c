"""Ids as somebody may have typed them into an address."""

from uuid import UUID


def as_uuid(text: str) -> UUID | None:
    """The id; None for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
