"""Putting new artefacts on the shelf."""

import hashlib
from dataclasses import dataclass
from typing import Any

from flask import json

from sandbox.store import Store


@dataclass(frozen=True)
class NewArtefact:
    """An artefact about to be stored; see the contract for what the fields mean."""

    id: str
    kind: str
    title: str
    path: str
    owner: str
    created_at: str
    parent: str | None = None
    produce_id: str | None = None
    generation: dict[str, Any] | None = None
    licensed: bool = False
    slot: str | None = None
    hidden: bool = False


def put(
    db: Store, new: NewArtefact, content: bytes | None = None, media_type: str = "image/png"
) -> None:
    """Stores the artefact and its bytes. Needs a transaction."""
    digest = None
    if content is not None:
        digest = hashlib.sha256(content).hexdigest()
        db.write("INSERT OR IGNORE INTO contents VALUES (?, ?, ?)", digest, media_type, content)
    db.write(
        "INSERT INTO artefacts (id, kind, title, path, owner, created_at, parent, licensed, produce_id, generation, content,"
        " slot, hidden) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        new.id, new.kind, new.title, new.path, new.owner, new.created_at, new.parent, int(new.licensed), new.produce_id,
        json.dumps(new.generation) if new.generation else None, digest,
        new.slot, int(new.hidden),
    )  # fmt: skip
