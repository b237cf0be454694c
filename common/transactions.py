"""Locks by name, held until the transaction ends."""

import hashlib
from collections.abc import Iterable
from uuid import UUID

from django.db import connection, transaction


class NotInTransaction(RuntimeError):
    """Wrap the caller in `transaction.atomic()`: what follows must happen whole or not at all."""


def require_transaction() -> None:
    """Raise NotInTransaction outside `transaction.atomic()`."""
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction(NotInTransaction.__doc__)


def lock(kind: str, id: UUID) -> None:
    """Hold the named thing until the transaction ends; wait for whoever holds it now."""
    require_transaction()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key_of(kind, id)])


def lock_all(kind: str, ids: Iterable[UUID]) -> None:
    """As `lock`, for many in one statement, always in the same order, so that two such calls never deadlock."""
    require_transaction()
    keys = sorted({key_of(kind, id) for id in ids})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) AS key", [keys])


def try_lock(kind: str, id: UUID) -> bool:
    """Hold the named thing if nobody else does; say whether it worked."""
    require_transaction()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [key_of(kind, id)])
        return bool(cursor.fetchone()[0])


def lock_case(case_id: UUID) -> None:
    """The first statement of every service that writes to a case."""
    lock("case", case_id)


def try_lock_case(case_id: UUID) -> bool:
    """As `lock_case`, but never waits: a sweep passes a busy case by and comes again."""
    return try_lock("case", case_id)


def try_lock_cases(case_ids: Iterable[UUID]) -> set[UUID]:
    """As `try_lock_case`, for many in one statement: which of them are now held."""
    require_transaction()
    cases = {key_of("case", id): id for id in case_ids}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key FROM unnest(%s::bigint[]) AS key WHERE pg_try_advisory_xact_lock(key)",
            [sorted(cases)],
        )
        return {cases[key] for (key,) in cursor.fetchall()}


def key_of(kind: str, id: UUID) -> int:
    """The number by which PostgreSQL knows the named thing's lock."""
    digest = hashlib.sha256(f"{kind}/{id}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
