"""The file in which a process keeps its rules, so that the next one need not begin with nothing.

A digest in the file tells damage; it is no signature. Let nobody else write where the file is.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from redress_client.errors import DamagedFeed
from redress_client.held import Held, Moment
from redress_client.rules import read_rule, rule_told, whole

FORMAT: Final = "redress.rule-copy/1"


@dataclass(frozen=True)
class Copy:
    """The copy of the feed of `source` at `path`, and beside it a small file: when it was last confirmed."""

    path: Path
    source: str

    def load(self) -> Held | None:
        """What was kept, or None when nothing was. Raises DamagedFeed for what is no copy of this feed."""
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return None
        head, _line, body = content.partition(b"\n")
        try:
            if head != _head(body):
                raise ValueError("it was changed or cut off")
            held = self._read(json.loads(body))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise DamagedFeed(
                f"{self.path} is no copy of this feed ({error}). Remove it: the rules are then fetched whole."
            ) from None
        return self._confirmed(held)

    def save(self, held: Held) -> None:
        """Keep it, whole or not at all. Raises OSError."""
        body = json.dumps(self._told(held), ensure_ascii=False).encode()
        _replace(self.path, _head(body) + b"\n" + body)

    def confirm(self, held: Held) -> None:
        """Note that this version is still the newest. Raises OSError."""
        noted = {"version": held.version, "at": held.confirmed.at.isoformat(), "etag": held.etag}
        _replace(self._note, json.dumps(noted).encode())

    def remove(self) -> None:
        """Keep nothing. Raises OSError."""
        self._note.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)

    @property
    def _note(self) -> Path:
        return self.path.with_name(f"{self.path.name}.confirmed")

    def _told(self, held: Held) -> dict[str, Any]:
        return {
            "source": self.source,
            "version": held.version,
            "key": held.key,
            "confirmed": held.confirmed.at.isoformat(),
            "rules": [rule_told(rule) for rule in held.known.values()],
        }

    def _read(self, told: Mapping[str, Any]) -> Held:
        if told["source"] != self.source:
            raise ValueError(f"it is one of {told['source']!r:.100}")
        confirmed = Moment.earlier(datetime.fromisoformat(told["confirmed"]))
        held = Held.whole(whole(told["version"]), map(read_rule, told["rules"]), confirmed)
        return replace(held, key=str(told["key"]))

    def _confirmed(self, held: Held) -> Held:
        """With the time at which it was last confirmed; a note about another version does not count."""
        try:
            noted = json.loads(self._note.read_bytes())
            if noted["version"] != held.version:
                return held
            at = Moment.earlier(datetime.fromisoformat(noted["at"]))
            return replace(held, confirmed=at, etag=str(noted["etag"]))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return held


def _head(body: bytes) -> bytes:
    return f"{FORMAT} {hashlib.sha256(body).hexdigest()}".encode()


def _replace(path: Path, content: bytes) -> None:
    """Written beside it and renamed, so that a reader, or a crash, finds the old one or the new one."""
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
