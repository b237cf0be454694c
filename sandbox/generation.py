"""Generating a picture: who may, with which model, what the guard says, what is drawn and recorded."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import json

from sandbox import guard
from sandbox.clock import stamp
from sandbox.draw import Wish, picture
from sandbox.label import Origin, picture_texts
from sandbox.problems import Problem, invalid
from sandbox.settings import Settings
from sandbox.shelf import NewArtefact, put
from sandbox.standing import AVAILABLE, BARRED, artefact_state, user_standing
from sandbox.store import Row, Store

BASE_MODEL = "acme-ink-1"
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz"


@dataclass(frozen=True)
class Request:
    """What a user asks for; read by `read_request`."""

    prompt: str
    negative_prompt: str
    lora: str
    user: str
    seed: int | None = None
    paid: bool = False


def read_request(body: Any) -> Request:
    """Raises Problem 422 naming each wrong field."""
    if not isinstance(body, dict):
        raise invalid(("", "send a JSON object"))
    texts = {name: body.get(name) or "" for name in ("prompt", "negative_prompt", "lora", "user")}
    errors = [
        (f"/{name}", "text of at most 2000 characters")
        for name, text in texts.items()
        if not isinstance(text, str) or len(text) > 2000
    ]
    errors += [
        (f"/{name}", "must not be empty")
        for name in ("prompt", "user")
        if not str(texts[name]).strip()
    ]
    seed = body.get("seed")
    if seed is not None and (
        isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed < 2**32
    ):
        errors.append(("/seed", "a whole number from 0 to 4294967295"))
    if not isinstance(body.get("paid", False), bool):
        errors.append(("/paid", "true or false"))
    if errors:
        raise invalid(*errors)
    return Request(**texts, seed=seed, paid=body.get("paid", False))


def generate(
    db: Store, wanted: Request, settings: Settings, now: datetime
) -> tuple[Row, dict[str, str]]:
    """Draws and records one output; also the guard's message to the user, if any.

    Raises Problem: 422 unknown user or model, 403 refused (user, model or guard), 503 when the guard gives no clear yes.
    """
    user = db.row("SELECT * FROM users WHERE id = ?", wanted.user)
    if user is None:
        raise invalid(("/user", f"no user {wanted.user!r} here"))
    loras = _loras(db, wanted.lora)
    _check_standing(db, user, loras)
    verdict = _asked(wanted, settings)
    row = _record(db, wanted, loras, now)
    return row, verdict.user_message if verdict.decision == "warn" else {}


def _loras(db: Store, name: str) -> tuple[str, ...]:
    """The named LoRA version, or the newest available version of the named LoRA."""
    if not name.strip():
        return ()
    named = db.rows(
        "SELECT * FROM artefacts WHERE kind = 'model_version' AND (id = ? OR parent = ?) ORDER BY id DESC",
        name.strip(),
        name.strip(),
    )
    if not named:
        raise invalid(("/lora", f"no LoRA {name.strip()!r} here"))
    usable: list[str] = [row["id"] for row in named if artefact_state(db, row) == AVAILABLE]
    if not usable:
        raise Problem(
            403,
            "model-disabled",
            "Model not available",
            f"The model {name.strip()} has been taken down.",
        )
    return (usable[0],)


def _check_standing(db: Store, user: Row, loras: tuple[str, ...]) -> None:
    state, _ = user_standing(db, user)
    if state in BARRED:
        raise Problem(
            403,
            "user-barred",
            "Account not active",
            f"This account is {state} and may not generate.",
        )
    if state == "restricted" and loras:
        raise Problem(
            403,
            "user-restricted",
            "Account restricted",
            "A restricted account may not use shared models.",
        )


def _asked(wanted: Request, settings: Settings) -> guard.Verdict:
    question = guard.Question(wanted.prompt, wanted.negative_prompt, wanted.user, "text_to_image")
    try:
        verdict = guard.ask(question, settings)
    except guard.GuardUnavailable as error:
        detail = f"The prompt could not be checked, so nothing was generated ({error}). Try again shortly."
        raise Problem(
            503, "guard-unavailable", "Prompt check unavailable", detail, retry_after=5
        ) from error
    if verdict.decision == "block":
        detail = verdict.user_message.get("en") or "This prompt cannot be used here."
        raise Problem(
            403,
            "prompt-blocked",
            "Prompt blocked",
            detail,
            user_message=verdict.user_message,
            reference=verdict.reference,
        )
    return verdict


def _record(db: Store, wanted: Request, loras: tuple[str, ...], now: datetime) -> Row:
    digest = hashlib.sha256(
        f"{wanted.prompt}|{wanted.negative_prompt}|{','.join(loras)}".encode()
    ).digest()
    seed = wanted.seed if wanted.seed is not None else int.from_bytes(digest[:4], "big")
    generation = {
        "prompt": wanted.prompt, "negative_prompt": wanted.negative_prompt, "seed": seed, "model": BASE_MODEL,
        "loras": list(loras), "session": f"ses_{secrets.token_hex(6)}", "paid": wanted.paid, "upstream": None,
    }  # fmt: skip
    name = f"out_{''.join(secrets.choice(ALPHABET) for _ in range(8))}"
    origin = Origin(name, f"P{secrets.token_hex(10).upper()}")
    wish = Wish(wanted.prompt, wanted.negative_prompt, seed, loras, unlearned(db, loras))
    content = picture(wish, picture_texts(origin, generation))
    title = wanted.prompt if len(wanted.prompt) <= 60 else f"{wanted.prompt[:59]}…"
    new = NewArtefact(
        name,
        "output",
        title,
        f"/o/{name}",
        wanted.user,
        stamp(now),
        produce_id=origin.produce_id,
        generation=generation,
    )
    with db.transaction():
        put(db, new, content)
    return {"id": name}


def unlearned(db: Store, loras: tuple[str, ...]) -> tuple[str, ...]:
    """Terms that finished tickets took out of the base model or of one of these LoRAs."""
    models = {BASE_MODEL, *loras, *(lora.split("@")[0] for lora in loras)}
    tickets = db.rows(
        "SELECT target_id, parameters FROM orders WHERE kind = 'model_optimisation' AND state = 'applied'"
    )
    terms = {
        term
        for row in tickets
        if row["target_id"] in models
        for term in json.loads(row["parameters"])["terms"]
    }
    return tuple(sorted(terms))
