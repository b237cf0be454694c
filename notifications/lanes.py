"""A set number of places that processes take for a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection

from common.transactions import key_of


@contextmanager
def lane(kind: str, id: UUID, lanes: int) -> Iterator[int | None]:
    """The first free of `lanes` places beside this thing, ours until the block ends; None when all are taken.

    The database frees it when our connection dies, so a killed process leaves no place taken.
    """
    keys = (key_of(f"{kind} lane {number}", id) for number in range(lanes))
    held = next(((number, key) for number, key in enumerate(keys) if _try(key)), None)
    if held is None:
        yield None
        return
    try:
        yield held[0]
    finally:
        _ask("SELECT pg_advisory_unlock(%s)", held[1])


def _try(key: int) -> bool:
    return _ask("SELECT pg_try_advisory_lock(%s)", key)


def _ask(sql: str, key: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql, [key])
        return bool(cursor.fetchone()[0])
