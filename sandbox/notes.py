"""The texts that Redress has us show our users: fetched, shown, and proved to have been shown."""

import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx
from flask import json

from sandbox import guard
from sandbox.clock import stamp
from sandbox.settings import Settings
from sandbox.store import Row, Store, prepared

FRESH_SECONDS = 5.0
PATIENCE_SECONDS = 1.0
ON_THE_FORM = ("pre_use", "training")
KINDS = (*ON_THE_FORM, "warning", "notice", "ruling")


@dataclass
class _Known:
    """What the guard said last; a text that was fetched once is shown while the guard is away."""

    texts: list[dict[str, Any]] = field(default_factory=list)
    asked: float = 0.0


_known = _Known()


@dataclass(frozen=True)
class Showing:
    """To whom which texts were shown, when, and with what."""

    user: str
    at: datetime
    language: str
    surface: str = "text_to_image"
    check: str = ""
    output: str = ""


def on_the_form(settings: Settings) -> list[dict[str, Any]]:
    """The texts shown before anything is generated, as `usable` says."""
    if settings.guard_url and time.monotonic() - _known.asked > FRESH_SECONDS:
        _known.asked = time.monotonic()
        try:
            _known.texts = usable(_fetched(settings).get("texts"))
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            _known.asked = 0.0
    return [text for text in _known.texts if text["kind"] in ON_THE_FORM]


def usable(texts: object) -> list[dict[str, Any]]:
    """Those of the guard's texts that we can show: with an id, a kind we know, a version and both languages."""
    found = texts if isinstance(texts, list) else []
    return [one for one in found if isinstance(one, dict) and _whole(one)]


def append(db: Store, output: str, texts: list[dict[str, Any]]) -> None:
    """Keep these texts with an output, so that whoever looks at it reads them."""
    if texts:
        db.write("INSERT INTO appended VALUES (?, ?)", output, json.dumps(texts))


def appended(db: Store, output: str) -> list[dict[str, Any]]:
    """The texts kept with an output."""
    row = db.row("SELECT texts FROM appended WHERE output = ?", output)
    texts: list[dict[str, Any]] = json.loads(row["texts"]) if row else []
    return texts


def showed(db: Store, ids: list[str], showing: Showing, settings: Settings) -> None:
    """Write down that these texts were shown, and have Redress told behind the user's back."""
    with db.transaction():
        for text in ids:
            body = {"text": text, "user": showing.user, "at": stamp(showing.at)} | {
                name: value
                for name in ("language", "surface", "check", "output")
                if (value := getattr(showing, name))
            }
            db.write("INSERT INTO proofs (body) VALUES (?)", json.dumps(body))
    if ids and settings.guard_url:
        guard.callers.submit(tell, settings)


def tell(settings: Settings) -> None:
    """Send every proof not sent yet, the oldest first. One that is refused for good is kept with the reason;
    while the guard is away all wait for the next time."""
    with prepared(settings.data) as db:
        for row in db.rows("SELECT * FROM proofs WHERE answer IS NULL ORDER BY id"):
            try:
                answer = _sent(row, settings)
            except httpx.HTTPError:
                return
            if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
                return
            db.write("UPDATE proofs SET answer = ? WHERE id = ?", answer.text[:2000], row["id"])


def _sent(row: Row, settings: Settings) -> httpx.Response:
    return httpx.post(
        f"{settings.guard_url}/api/v1/display-proofs",
        content=row["body"].encode(),
        headers=_key(settings) | {"Content-Type": "application/json"},
        timeout=PATIENCE_SECONDS * 5,
        trust_env=False,
    )


def _fetched(settings: Settings) -> dict[str, Any]:
    answer = httpx.get(
        f"{settings.guard_url}/api/v1/display-texts",
        headers=_key(settings),
        timeout=PATIENCE_SECONDS,
        trust_env=False,
    )
    told = answer.raise_for_status().json()
    if not isinstance(told, dict):
        raise ValueError("the guard's answer holds no texts")
    return told


def _key(settings: Settings) -> dict[str, str]:
    return {"Authorization": f"Bearer {settings.guard_token}"}


def _whole(text: dict[str, Any]) -> bool:
    words = text.get("text")
    named = isinstance(text.get("id"), str) and text.get("kind") in KINDS and "version" in text
    return named and isinstance(words, dict) and {"en", "zh-Hans"} <= set(words)
