"""The body of an output check: read strictly, or refused; and what is found in it."""

import base64
import binascii
import hashlib
import io
import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any, Final

from screening.guard import works
from screening.guard.multipart import parts
from screening.guard.problems import Problem
from screening.guard.questions import LONGEST_NAME, document
from screening.guard.store import Connection
from screening.guard.works import Known, Shelf
from screening.prints import files, pictures, texts
from screening.prints.decoding import LARGEST_FILE
from screening.prints.errors import UnreadablePicture

LARGEST_BODY: Final = (
    LARGEST_FILE * 4 // 3 + 1_000_000
)  # bytes: the file in base64, a text beside it
LONGEST_TEXT: Final = 200_000  # code points
JSON: Final = "application/json"
FORM: Final = "multipart/form-data"
_NAMES: Final = ("user", "surface", "output")
_HASH: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Output:
    """What is about to be delivered: bytes, or a text, or the hash alone of a file too large to send."""

    content: bytes | None
    text: str | None
    sha256: str
    picture: bool
    names: dict[str, str]


@dataclass(frozen=True)
class Match:
    """A work found in an output. `spans` are of the text, in code points."""

    known: Known
    decision: str
    score: float
    distance: int | None = None
    spans: tuple[tuple[int, int], ...] = ()


def read(body: bytes, content_type: str = JSON) -> Output:
    """The output that a body holds, JSON or a form. Raises Problem: 400 for neither, 422 for all else."""
    if content_type.partition(";")[0].strip().lower() == FORM:
        return _of_form(parts(body, content_type))
    asked = _object(body)
    for name, value in asked.items():
        _check(name, value)
    given = [name for name in ("picture", "file", "text", "sha256") if name in asked]
    if len(given) != 1:
        raise _invalid("", "Give exactly one of `picture`, `file` (base64), `text` and `sha256`.")
    names = {name: asked.get(name, "") for name in _NAMES}
    value = asked[given[0]]
    if given[0] == "sha256":
        return Output(None, None, value, False, names)
    if given[0] == "text":
        return Output(None, value, hashlib.sha256(value.encode()).hexdigest(), False, names)
    return _of_bytes(given[0], _bytes(given[0], value), names)


def _of_form(form: Mapping[str, bytes]) -> Output:
    """A file as it is, and beside it a JSON object with the platform's own names."""
    for name in form:
        if name not in {"picture", "file", "check"}:
            raise _invalid(f"/{name}", f"`{name}` is not a part of an output check.")
    given = [name for name in ("picture", "file") if name in form]
    if len(given) != 1:
        raise _invalid("", "Give exactly one of the parts `picture` and `file`.")
    told = _object(form["check"]) if "check" in form else {}
    for name, value in told.items():
        if name not in _NAMES:
            raise _invalid(f"/{name[:50]}", f"The part `check` holds {', '.join(_NAMES)} alone.")
        _check(name, value)
    names = {name: told.get(name, "") for name in _NAMES}
    return _of_bytes(given[0], form[given[0]], names)


def _of_bytes(name: str, content: bytes, names: dict[str, str]) -> Output:
    if not content or len(content) > LARGEST_FILE:
        raise _invalid(f"/{name}", f"`{name}` must hold 1 to {LARGEST_FILE} bytes.")
    return Output(content, None, hashlib.sha256(content).hexdigest(), name == "picture", names)


def _object(body: bytes) -> dict[str, Any]:
    asked = document(body, partial(_invalid, ""))
    if not isinstance(asked, dict):
        raise _invalid("", "The body must be a JSON object.")
    return asked


def look(output: Output, shelf: Shelf, connect: Callable[[], Connection]) -> list[Match]:
    """The works in an output, the surest first. A file equal to the last bit is looked at no further.

    It is refused where a decision upheld that very file; a file that somebody handed in as the work is
    their word alone, so a person looks.
    """
    digests = [bytes.fromhex(output.sha256)]
    if output.content is not None:
        tensors = files.take(io.BytesIO(output.content)).tensors
        digests += [tensors] if tensors else []
    if (known := shelf.same_bytes(*digests)) is not None:
        return [Match(known, "block" if known.upheld else "review", 1.0, 0)]
    if output.text is not None:
        return _texts(output.text, shelf)
    if output.picture and output.content is not None:
        return _pictures(output.content, shelf, connect)
    return []


def _pictures(content: bytes, shelf: Shelf, connect: Callable[[], Connection]) -> list[Match]:
    try:
        query = pictures.take(content)
    except UnreadablePicture as error:
        raise _invalid("/picture", str(error)) from None
    near = shelf.pictures(query)
    if not near:
        return []
    with connect() as connection:
        full = works.whole(connection, near)
    judged = [(known, pictures.compare(query, full[known.id])) for known in near]
    found = [
        Match(known, "review", round(likeness.score, 4), likeness.distance)
        for known, likeness in judged
        if likeness.recognised
    ]
    return sorted(found, key=lambda match: -match.score)


def _texts(text: str, shelf: Shelf) -> list[Match]:
    found = []
    for known, shared in shelf.passages(texts.shingles(text)):
        if (told := texts.overlap(text, shared)) is not None:
            found.append(Match(known, "review", told.share, None, told.spans))
    return sorted(found, key=lambda match: -match.score)


def answer(matches: list[Match], version: int) -> dict[str, object]:
    """The answer of `POST /api/v1/output-checks` (docs/fingerprints.md)."""
    return {
        "id": f"oc_{uuid.uuid4().hex}",
        "decision": matches[0].decision if matches else "allow",
        "matches": [
            {
                "work": str(match.known.work),
                "case": match.known.case,
                "kind": match.known.kind,
                "distance": match.distance,
                "score": match.score,
                "spans": [list(span) for span in match.spans],
            }
            for match in matches
        ],
        "work_set_version": version,
    }


def _check(name: str, value: Any) -> None:
    if name not in {"picture", "file", "text", "sha256", *_NAMES}:
        raise _invalid(f"/{name[:50]}", f"`{name[:50]}` is not a field of an output check.")
    if not isinstance(value, str) or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise _invalid(f"/{name}", f"`{name}` must be a string of whole characters.")
    if name in _NAMES and len(value) > LONGEST_NAME:
        raise _invalid(f"/{name}", f"`{name}` must not be longer than {LONGEST_NAME} characters.")
    if name == "text" and len(value) > LONGEST_TEXT:
        raise _invalid("/text", f"`text` must not be longer than {LONGEST_TEXT} characters.")
    if name == "sha256" and not _HASH.fullmatch(value):
        raise _invalid("/sha256", "`sha256` must be 64 small hexadecimal digits.")


def _bytes(name: str, value: str) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise _invalid(f"/{name}", f"`{name}` must be base64 (RFC 4648, with padding).") from None


def _invalid(pointer: str, sentence: str) -> Problem:
    detail = f"The output check was refused: {sentence}"
    errors = {pointer: sentence}
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-output-check", detail, errors=errors)
