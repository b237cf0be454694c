"""multipart/form-data (RFC 7578), read strictly: two readers of one body must not see two outputs.

The body is in memory already, and no larger than its caller allowed.
"""

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from screening.guard.problems import Problem

MOST_PARTS: Final = 4
LONGEST_HEAD: Final = 4_000  # bytes of all headers of one part
_BOUNDARY: Final = re.compile(r'boundary=(?:"([^"]{1,70})"|([^\s;,"]{1,70}))', re.IGNORECASE)
_NAME: Final = re.compile(r'(?:^|;)\s*name="([^"\r\n]{1,50})"', re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """One part: its name and its bytes, as they came."""

    name: str
    content: bytes


def parts(body: bytes, content_type: str) -> dict[str, bytes]:
    """The parts of a body by their names. Raises Problem (400) for what is not whole, or names a part twice."""
    found = _BOUNDARY.search(content_type)
    if found is None:
        raise _broken("The content type names no boundary.")
    line = b"--" + (found[1] or found[2]).encode()
    read: dict[str, bytes] = {}
    for part in _split(body, line):
        one = _part(part)
        if one.name in read:
            raise _broken(f"The part `{one.name}` is given twice.")
        read[one.name] = one.content
        if len(read) > MOST_PARTS:
            raise _broken(f"A body has at most {MOST_PARTS} parts.")
    return read


def _split(body: bytes, line: bytes) -> list[bytes]:
    """What stands between the lines of the boundary. Nothing may stand before the first or after the last."""
    if not body.startswith(line + b"\r\n"):
        raise _broken("The body does not begin with its boundary.")
    pieces = (b"\r\n" + body).split(b"\r\n" + line)
    if pieces[-1] not in (b"--", b"--\r\n"):
        raise _broken("The body does not end with its boundary: it was cut off.")
    between = pieces[1:-1]
    if not all(piece.startswith(b"\r\n") for piece in between):
        raise _broken("A boundary does not stand on a line of its own.")
    return [piece[2:] for piece in between]


def _part(part: bytes) -> Part:
    head, blank, content = part.partition(b"\r\n\r\n")
    if not blank or len(head) > LONGEST_HEAD:
        raise _broken("A part has no end of its headers, or too many of them.")
    for header in head.decode("utf-8", "replace").split("\r\n"):
        field, _colon, value = header.partition(":")
        if field.strip().lower() != "content-disposition":
            continue
        kind, _semicolon, rest = value.partition(";")
        if kind.strip().lower() == "form-data" and (named := _NAME.search(rest)):
            return Part(named[1], content)
    raise _broken("A part has no `Content-Disposition: form-data` with a name.")


def _broken(sentence: str) -> Problem:
    return Problem(HTTPStatus.BAD_REQUEST, "not-multipart", f"Send a whole form. {sentence}")
