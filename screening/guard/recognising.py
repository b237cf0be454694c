"""The output check of one worker: what is held, what is found, and the row of each match."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

import psycopg

from screening.guard import outputs
from screening.guard.keeper import Keeper
from screening.guard.outputs import Match, Output
from screening.guard.problems import unavailable
from screening.guard.store import Connection
from screening.guard.works import Shelf

_INSERT: Final = """
    INSERT INTO screening_outputmatch (id, at, work_id, fingerprint_id, kind, decision, output_sha256,
        distance, score, spans, user_external_id, surface, output_external_id)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


@dataclass(frozen=True)
class Recogniser:
    """`connect` opens a connection that may write matches, and nothing else is written here."""

    keeper: Keeper[Shelf]
    max_stale_seconds: float
    connect: Callable[[], Connection]

    def check(self, body: bytes, content_type: str = outputs.JSON) -> dict[str, object]:
        """Answer an output check. A match is on record before it is answered.

        Raises Problem: for a body that is refused, and 503 when works cannot be read or a match cannot
        be recorded; the service must not deliver then.
        """
        held = self.keeper.held
        if held is None or held.age() > self.max_stale_seconds:
            raise unavailable("stale-works", "The guard cannot confirm its works; do not deliver.")
        output = outputs.read(body, content_type)
        try:
            found = outputs.look(output, held.rules, self.connect)
            if found:
                self._record(output, found, held.now())
        except psycopg.Error as error:
            sentence = "The guard cannot reach its database; do not deliver."
            raise unavailable("not-recorded", sentence) from error
        return outputs.answer(found, held.rules.version)

    def _record(self, output: Output, found: list[Match], at: datetime) -> None:
        rows = [_row(output, match, at) for match in found]
        with self.connect() as connection, connection.cursor() as cursor:
            cursor.executemany(_INSERT, rows)


def _row(output: Output, match: Match, at: datetime) -> tuple[Any, ...]:
    known = match.known
    spans = json.dumps([list(span) for span in match.spans])
    what = (known.work, known.id, known.kind, match.decision, output.sha256)
    names = (output.names[name] for name in ("user", "surface", "output"))
    return (uuid4(), at, *what, match.distance, match.score, spans, *names)
