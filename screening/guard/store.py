"""The guard's only questions to the database."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

import psycopg
from psycopg.sql import SQL, Identifier

from screening.engine.matcher import RuleSet
from screening.engine.rules import Mode, Rule

CHANNEL: Final = "redress_rules"
Connection = psycopg.Connection[Any]

_COLUMNS: Final = """
    SELECT id, version, terms, allow_phrases::text, fields::text, territory, mode, reason_code,
           case_reference, user_message::text, appeal_url, expires_at, ended_at IS NOT NULL
    FROM screening_promptrule
"""
_LIVE: Final = _COLUMNS + (
    "WHERE ended_at IS NULL AND (expires_at IS NULL OR expires_at > redress_now())"
)
_CHANGED: Final = _COLUMNS + "WHERE version > %s"
_ROWS_AT_ONCE: Final = 2_000


@dataclass(frozen=True)
class State:
    """The newest version there is, and the database's time, UTC."""

    version: int
    now: datetime


def state_of(table: str) -> Callable[[Connection], State]:
    """How to ask the database what holds at this moment, by the one row of this table of versions."""
    query = SQL("SELECT version, redress_now() FROM {} WHERE id = 1").format(Identifier(table))

    def ask(connection: Connection) -> State:
        row = connection.execute(query).fetchone()
        if row is None:
            raise psycopg.DataError(f"{table} is empty: run the migrations.")
        return State(*row)

    return ask


state: Final = state_of("screening_rulesetversion")


def load(connection: Connection, held: RuleSet | None) -> RuleSet:
    """The rules as they are now: what changed since `held`, or everything.

    Version and rules are read in one snapshot of the database, so they belong together.
    """
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        version = state(connection).version
        if held is None or held.version > version:
            return RuleSet.build((rule for rule, _ in _rules(connection, _LIVE, [])), version)
        changed = list(_rules(connection, _CHANGED, [held.version]))
    new = [rule for rule, ended in changed if not ended]
    return held.changed(version, new=new, ended=[rule.id for rule, ended in changed if ended])


def _rules(connection: Connection, query: str, values: list[int]) -> Iterator[tuple[Rule, bool]]:
    """Each rule, and whether it has ended. Rows come in portions: other threads get their turn."""
    with connection.cursor(name="rules") as cursor:
        cursor.itersize = _ROWS_AT_ONCE
        for row in cursor.execute(query.encode(), values):
            yield _rule(row), row[-1]


def _rule(row: tuple[Any, ...]) -> Rule:
    return Rule(
        id=row[0],
        version=row[1],
        terms=tuple(term["text"] for term in row[2]),
        allow=_texts(row[3]),
        fields=_texts(row[4]),
        territory=row[5],
        mode=Mode(row[6]),
        reason=row[7],
        case=row[8],
        user_message=_message(row[9]),
        appeal_url=sys.intern(row[10]),
        expires_at=row[11],
    )


@lru_cache(maxsize=10_000)
def _texts(stored: str) -> tuple[str, ...]:
    """Most rules have the same fields and no allow-phrases: read and kept once."""
    return tuple(json.loads(stored))


@lru_cache(maxsize=10_000)
def _message(stored: str) -> dict[str, str]:
    message: dict[str, str] = json.loads(stored)
    return message
