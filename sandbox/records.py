"""Artefacts and users as the contract shows them, and finding them by whatever people paste."""

import re
import unicodedata
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import current_app, json, request

from sandbox.engines import build
from sandbox.problems import not_found
from sandbox.standing import artefact_state, user_standing
from sandbox.store import Row, Store

LEADING = " \t\r\n<\"'([{（《「『“‘【"
TRAILING = " \t\r\n>\"')]}.,;:!?…）》」』”’】。，；：！？、/"
OWN_HOSTS = {"acme-ai.example", "www.acme-ai.example"}
LONGEST_LOCATOR = 2000
# Everything generated here is marked in the picture and in its metadata; what users upload is not.
LABELS = {"output": "explicit_and_implicit", "training_picture": "none"}


def artefact_row(db: Store, external_id: str) -> Row:
    """Raises Problem 404 target-not-found."""
    row = db.row("SELECT * FROM artefacts WHERE id = ?", external_id)
    if row is None:
        raise not_found("artefact", external_id)
    return row


def user_row(db: Store, user_id: str) -> Row:
    """Raises Problem 404 target-not-found."""
    row = db.row("SELECT * FROM users WHERE id = ?", user_id)
    if row is None:
        raise not_found("user", user_id)
    return row


def public_url() -> str:
    configured: str = current_app.config["SETTINGS"].public_url
    return configured or request.host_url.rstrip("/")


def artefact_record(db: Store, row: Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "kind": row["kind"],
        "title": row["title"],
        "url": row["path"] if "://" in row["path"] else public_url() + row["path"],
        "state": artefact_state(db, row),
        "owner": row["owner"],
        "created_at": row["created_at"],
        "parent": row["parent"],
        "produce_id": row["produce_id"],
        "generation": json.loads(row["generation"]) if row["generation"] else None,
        "licensed": bool(row["licensed"]),
        "build": build(db, row) if row["kind"] in ("model", "model_version") else None,
        "label": LABELS.get(row["kind"]),
    }


def user_record(db: Store, row: Row) -> dict[str, Any]:
    state, since = user_standing(db, row)
    return {
        "id": row["id"],
        "handle": row["handle"],
        "state": state,
        "since": since,
        "contact_email": row["contact_email"],
    }


def resolve(db: Store, locator: str) -> Row:
    """The artefact an id, ProduceID, share link or page address names, trailing punctuation tolerated.

    Raises Problem 404 target-not-found for anything else, other people's hosts included.
    """
    name = unicodedata.normalize("NFKC", locator.lstrip(LEADING).rstrip(TRAILING)).strip()
    path = _own_path(name)
    row = db.row(
        "SELECT * FROM artefacts WHERE path = ? OR id = ? OR produce_id = ?",
        path or name,
        name,
        name,
    )
    if row is None or len(locator) > LONGEST_LOCATOR:
        raise not_found("address", locator[:200])
    return row


def _own_path(name: str) -> str | None:
    """The path of an address on this platform; scheme, query and fragment do not matter."""
    if "/" not in name:
        return None
    try:
        parts = urlsplit(name if re.match(r"[a-z]+://", name, re.I) else f"http://{name}")
    except ValueError:
        return None
    if name.startswith("/"):
        return unquote(name.split("?")[0].split("#")[0])
    own = {_host(request.host), _host(urlsplit(public_url()).netloc), *OWN_HOSTS}
    return unquote(parts.path).rstrip(TRAILING) if _host(parts.netloc) in own else None


def _host(netloc: str) -> str:
    """Lower case, and one name for this machine: people open the demo under either."""
    return re.sub(r"^localhost(?=:|$)", "127.0.0.1", netloc.lower())
