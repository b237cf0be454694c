"""The C2PA manifest of a file, read by c2pa-python in a process of its own: bounded, without network or our secrets.

The library is a native one of another house and gets files of strangers: what it does to its process stays there.
"""

import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO, Final

_PROGRAM: Final = Path(__file__).with_name("c2pa_program.py")
_SECONDS: Final = 30
_LONGEST: Final = 300
_MOST: Final = 20


class Answer(StrEnum):
    """What became of looking for a manifest."""

    NOT_LOOKED = "not_looked"  # The library is not installed here.
    NONE = "none"  # The file has no manifest.
    INTACT = "intact"  # The signature fits the file; who signed is told, not whether to trust them.
    BROKEN = "broken"  # There is one, and it does not fit the file.
    UNREADABLE = "unreadable"  # There is one, and the library could not read it.


@dataclass(frozen=True)
class Manifest:
    """What the active manifest says. Texts of the file's maker, cut to 300 signs."""

    answer: Answer
    reader: str = ""
    """Name and version of the library that read it."""
    generator: str = ""
    signer: str = ""
    signed_at: str = ""
    sources: tuple[str, ...] = ()
    """The digital source types of its actions, by their last name: trainedAlgorithmicMedia is what an AI made."""
    failures: tuple[str, ...] = ()
    """The codes of what did not hold, as C2PA names them."""


def installed() -> bool:
    """Whether manifests are looked for here."""
    return importlib.util.find_spec("c2pa") is not None


def look(stream: BinaryIO, *, sign: bool) -> Manifest:
    """Read the manifest; `sign` is whether the walk through the file saw one. Never raises for what the file holds."""
    if not installed():
        return Manifest(Answer.NOT_LOOKED)
    if not sign:
        return Manifest(Answer.NONE)
    with tempfile.TemporaryFile() as copy:
        stream.seek(0)
        shutil.copyfileobj(stream, copy)
        copy.seek(0)
        try:
            done = subprocess.run(  # noqa: S603 - our own program
                [sys.executable, "-I", str(_PROGRAM)],
                stdin=copy,
                capture_output=True,
                timeout=_SECONDS,
                check=True,
                env={},
            )
            return _told(json.loads(done.stdout))
        except (subprocess.SubprocessError, ValueError, RecursionError):
            return Manifest(Answer.UNREADABLE)


def _told(data: Mapping[str, Any]) -> Manifest:
    if data.get("error"):
        return Manifest(Answer.UNREADABLE, reader=_short(data.get("reader")))
    failures = _names(data.get("failures"))
    return Manifest(
        Answer.BROKEN if failures else Answer.INTACT,
        reader=_short(data.get("reader")),
        generator=_short(data.get("generator")),
        signer=_short(data.get("signer")),
        signed_at=_short(data.get("signed_at")),
        sources=_names(data.get("sources")),
        failures=failures,
    )


def _names(value: object) -> tuple[str, ...]:
    return tuple(_short(one) for one in value[:_MOST]) if isinstance(value, list) else ()


def _short(value: object) -> str:
    words = value if isinstance(value, str) else ""
    return "".join(sign for sign in words[:_LONGEST] if sign.isprintable())
