"""What one worker tells of texts shown to users, and the proofs that it takes in."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import parse_qsl
from uuid import UUID, uuid5

import psycopg

from screening.engine.rules import Decision, Question
from screening.guard.keeper import Held, Keeper
from screening.guard.problems import Problem, unavailable
from screening.guard.questions import document
from screening.guard.store import Connection
from screening.guard.texts import KINDS, Texts
from screening.guard.writing import Writer

LANGUAGES: Final = ("en", "zh-Hans")
LARGEST_PROOF: Final = 10_000  # bytes
LONGEST_NAME: Final = 200
CLOCKS_DIFFER: Final = timedelta(minutes=5)  # between the service's and the database's
_NAMESPACE: Final = UUID("0d5c0f2e-58a1-4c3b-8f0e-2a0f6d1f7b44")
_NAMES: Final = ("surface", "check", "output")
_FIELDS: Final = ("text", "user", "at", "language", *_NAMES)
_INSERT: Final = """
    INSERT INTO screening_displayproof (id, text_id, user_external_id, at, received_at, language, surface,
        check_id, output_external_id)
    SELECT %s, id, %s, %s, redress_now(), %s, %s, %s, %s FROM screening_displaytext
    WHERE id = %s AND state IN ('standing', 'ended') AND in_force_from <= %s
      AND %s <= redress_now() + %s
    ON CONFLICT (id) DO NOTHING
"""
_STORED: Final = "SELECT received_at FROM screening_displayproof WHERE id = %s"


@dataclass(frozen=True)
class Proof:
    """The service's word that it showed a version to a user at a moment (with its zone)."""

    text: UUID
    user: str
    at: datetime
    language: str = ""
    surface: str = ""
    check: str = ""
    output: str = ""

    @property
    def id(self) -> UUID:
        """The same for the same words: a proof that is sent twice is one proof."""
        at = self.at.astimezone(UTC).isoformat()
        said = [str(self.text), self.user, at, self.language, self.surface, self.check, self.output]
        return uuid5(_NAMESPACE, json.dumps(said))


@dataclass(frozen=True)
class Display:
    """Nothing but proofs is written by `writer`."""

    keeper: Keeper[Texts]
    max_stale_seconds: float
    writer: Writer

    @property
    def version(self) -> int | None:
        """Of the newest change it holds; None before the first texts are loaded."""
        return self.keeper.held.rules.version if self.keeper.held else None

    def listed(self, query: str) -> dict[str, object]:
        """The texts in force that a query string asks for. Raises Problem: 422 for what it does not know,
        503 when texts cannot be confirmed."""
        asked = _asked(query)
        held = self._fresh()
        if held is None:
            raise unavailable("stale-texts", "The guard cannot confirm its texts; ask again.")
        rows = [
            text.told(asked.get("language"))
            for text in held.rules.now(held.now())
            if asked.get("kind") in {None, text.kind}
        ]
        return {"texts": rows, "text_set_version": held.rules.version}

    def for_prompt(self, question: Question, decision: Decision) -> list[dict[str, object]] | None:
        """What is appended for a prompt; None when the guard cannot say. It never changes a decision."""
        held = self._fresh()
        if held is None:
            return None
        return [text.told(None) for text in held.rules.for_prompt(question, decision.outcome)]

    def for_cases(self, cases: Iterable[str]) -> list[dict[str, object]] | None:
        """What is appended to an output in which works of these cases were recognised; None as above."""
        held = self._fresh()
        if held is None:
            return None
        return [text.told(None) for text in held.rules.for_cases(cases, held.now())]

    def proved(self, body: bytes) -> dict[str, object]:
        """Take a proof in, once however often it is sent. It is stored before it is answered.

        Raises Problem: for a body that is refused, and 503 when it cannot be stored: send it again.
        """
        proof = read(body)
        try:
            return self.writer.run(partial(_stored, proof))
        except psycopg.Error as error:
            raise unavailable("not-recorded", "The proof was not stored; send it again.") from error

    def _fresh(self) -> Held[Texts] | None:
        held = self.keeper.held
        return None if held is None or held.age() > self.max_stale_seconds else held


def read(body: bytes) -> Proof:
    """The proof in a body. Raises Problem: 400 for what is no JSON, 422 for all else."""
    said = document(body, _refused)
    if not isinstance(said, dict):
        raise _invalid({"": "The body must be a JSON object with `text`, `user` and `at`."})
    errors = {f"/{name[:50]}": s for name, value in said.items() if (s := _fault(name, value))}
    errors |= {f"/{n}": f"`{n}` is missing." for n in ("text", "user", "at") if n not in said}
    if errors:
        raise _invalid(errors)
    return Proof(UUID(said.pop("text")), at=_moment(said.pop("at")), **said)


def _stored(proof: Proof, connection: Connection) -> dict[str, object]:
    names = (proof.language, proof.surface, proof.check, proof.output)
    within = (proof.text, proof.at + CLOCKS_DIFFER, proof.at, CLOCKS_DIFFER)
    connection.execute(_INSERT, (proof.id, proof.user, proof.at, *names, *within))
    row = connection.execute(_STORED, [proof.id]).fetchone()
    if row is None:
        sentence = (
            "No text of this id was to be shown at that moment, or the moment is yet to come."
        )
        raise _invalid({"/text": sentence})
    return {"id": str(proof.id), "text": str(proof.text), "received_at": row[0].isoformat()}


def _asked(query: str) -> dict[str, str]:
    asked = dict(parse_qsl(query, keep_blank_values=True))
    allowed = {"kind": KINDS, "language": LANGUAGES}
    errors = {
        f"/{name[:50]}": f"`{name[:50]}` must be one of {', '.join(allowed[name])}."
        if name in allowed
        else f"`{name[:50]}` is not a parameter: kind, language."
        for name, value in asked.items()
        if value not in allowed.get(name, ())
    }
    if errors:
        raise _invalid(errors, "invalid-text-query", "The question was refused: ")
    return asked


def _fault(name: str, value: object) -> str:
    if name not in _FIELDS:
        return f"`{name[:50]}` is not a field of a proof."
    if not isinstance(value, str) or any(c == "\0" or "\ud800" <= c <= "\udfff" for c in value):
        return f"`{name}` must be a string of whole characters."
    if name == "text" and _uuid(value) is None:
        return "`text` must be the `id` of a text, as it was given."
    if name == "at" and _moment(value) is None:
        return "`at` must be a moment with its zone (RFC 3339), such as 2026-11-23T09:00:00+08:00."
    if name == "language" and value not in LANGUAGES:
        return "`language` must be `en` or `zh-Hans`."
    if name == "user" and not value.strip():
        return "`user` must be the service's own name for the user."
    return (
        f"`{name}` is longer than {LONGEST_NAME} characters." if len(value) > LONGEST_NAME else ""
    )


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


def _moment(value: str) -> Any:
    """The moment, or None for what is none, has no zone, or lies beyond what is stored."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None and 2000 <= moment.year <= 9000 else None


def _refused(sentence: str) -> Problem:
    return _invalid({"": sentence})


def _invalid(
    errors: Mapping[str, str],
    code: str = "invalid-display-proof",
    what: str = "The proof was refused: ",
) -> Problem:
    detail = what + " ".join(errors.values())
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, code, detail, errors=errors)
