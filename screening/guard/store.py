"""The guard's only questions to the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import psycopg
from psycopg.rows import dict_row

from screening.engine.matcher import RuleSet
from screening.engine.rules import Mode, Rule

CHANNEL: Final = "redress_rules"
Connection = psycopg.Connection[Any]

_STATE: Final = "SELECT version, redress_now() FROM screening_rulesetversion WHERE id = 1"
_COLUMNS: Final = """
    SELECT id, version, terms, allow_phrases, fields, territory, mode, reason_code, case_reference,
           user_message, appeal_url, expires_at, ended_at
    FROM screening_promptrule
"""
_LIVE: Final = _COLUMNS + (
    "WHERE ended_at IS NULL AND (expires_at IS NULL OR expires_at > redress_now()) ORDER BY version"
)
_CHANGED: Final = _COLUMNS + "WHERE version > %s ORDER BY version"


@dataclass(frozen=True)
class State:
    """The newest version there is, and the database's time, UTC."""

    version: int
    now: datetime


def state(connection: Connection) -> State:
    """What the database says at this moment."""
    row = connection.execute(_STATE).fetchone()
    if row is None:
        raise psycopg.DataError("screening_rulesetversion is empty: run the migrations.")
    return State(*row)


def load(connection: Connection, held: RuleSet | None) -> RuleSet:
    """The rules as they are now: what changed since `held`, or everything.

    Version and rules are read in one snapshot of the database, so they belong together.
    """
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        version = state(connection).version
        if held is None or held.version > version:
            return RuleSet.build(map(_rule, _rows(connection, _LIVE, [])), version)
        rows = list(_rows(connection, _CHANGED, [held.version]))
    new = [_rule(row) for row in rows if row["ended_at"] is None]
    return held.changed(version, new=new, ended=[r["id"] for r in rows if r["ended_at"]])


def _rows(connection: Connection, query: str, values: list[int]) -> Iterable[dict[str, Any]]:
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(query.encode(), values).fetchall()


def _rule(row: dict[str, Any]) -> Rule:
    return Rule(
        id=row["id"],
        version=row["version"],
        terms=tuple(term["text"] for term in row["terms"]),
        allow=tuple(row["allow_phrases"]),
        fields=tuple(row["fields"]),
        territory=row["territory"],
        mode=Mode(row["mode"]),
        reason=row["reason_code"],
        case=row["case_reference"],
        user_message=row["user_message"],
        appeal_url=row["appeal_url"],
        expires_at=row["expires_at"],
    )
