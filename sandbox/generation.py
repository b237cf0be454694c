"""Generating a picture: who may, with which model, what the guard says, what is drawn and recorded."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import json

from sandbox import guard, notes
from sandbox.clock import stamp
from sandbox.draw import Wish, photograph, picture
from sandbox.engines import BASE_MODEL, ENGINES
from sandbox.label import Origin, told
from sandbox.problems import Problem, invalid
from sandbox.settings import Settings
from sandbox.shelf import NewArtefact, put
from sandbox.standing import BARRED, served, user_standing
from sandbox.store import Row, Store

FORMATS = {"png": "image/png", "jpeg": "image/jpeg"}
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz"


@dataclass(frozen=True)
class Request:
    """What a user asks for; read by `read_request`."""

    prompt: str
    negative_prompt: str
    lora: str
    user: str
    model: str = BASE_MODEL
    format: str = "png"
    seed: int | None = None
    paid: bool = False


@dataclass(frozen=True)
class Made:
    """The output's row, the guard's message to the user if it warned, and the texts to be shown with it."""

    row: Row
    message: dict[str, str]
    notices: list[dict[str, Any]]
    check: str


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
    chosen = {"model": body.get("model") or BASE_MODEL, "format": body.get("format") or "png"}
    errors += [
        (f"/{name}", f"one of {', '.join(allowed)}")
        for name, allowed in (("model", ENGINES), ("format", FORMATS))
        if not isinstance(chosen[name], str) or chosen[name] not in allowed
    ]
    if errors:
        raise invalid(*errors)
    return Request(**texts, **chosen, seed=seed, paid=body.get("paid", False))


def generate(db: Store, wanted: Request, settings: Settings, now: datetime) -> Made:
    """Draws and records one output, with what the guard has us tell the user.

    Raises Problem: 422 unknown user or model, 403 refused (user, model or guard), 503 when the guard gives no clear yes.
    """
    user = db.row("SELECT * FROM users WHERE id = ?", wanted.user)
    if user is None:
        raise invalid(("/user", f"no user {wanted.user!r} here"))
    loras = loras_named(db, wanted.lora)
    _check_engine(db, wanted)
    _check_standing(db, user, loras)
    verdict = asked(wanted, settings)
    row, notices = record(db, wanted, loras, now), notes.usable(verdict.notices)
    notes.append(db, row["id"], notices)
    message = verdict.user_message if verdict.decision == "warn" else {}
    return Made(row, message, notices, verdict.reference)


def loras_named(db: Store, name: str) -> tuple[str, ...]:
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
    usable: list[str] = [row["id"] for row in named if served(db, row)]
    if not usable:
        raise _taken_down(name.strip())
    return (usable[0],)


def _check_engine(db: Store, wanted: Request) -> None:
    row = db.row("SELECT * FROM artefacts WHERE id = ?", wanted.model)
    if row is None or not served(db, row):
        raise _taken_down(wanted.model)
    if wanted.lora.strip() and wanted.model != BASE_MODEL:
        raise invalid(("/model", f"LoRA models run on {BASE_MODEL} only"))


def _taken_down(name: str) -> Problem:
    detail = f"The model {name} has been taken down."
    return Problem(403, "model-disabled", "Model not available", detail)


def _check_standing(db: Store, user: Row, loras: tuple[str, ...]) -> None:
    state, _ = user_standing(db, user, really=True)
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


def asked(wanted: Request, settings: Settings) -> guard.Verdict:
    """The guard's clear yes. Raises Problem 403 for its no, 503 when it says neither."""
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
            notices=notes.usable(verdict.notices),
        )
    return verdict


def record(
    db: Store, wanted: Request, loras: tuple[str, ...], now: datetime, *, hidden: bool = False
) -> Row:
    """Draws what was asked for and puts it on the shelf; the row's id, and the SHA-256 of the file."""
    digest = hashlib.sha256(
        f"{wanted.prompt}|{wanted.negative_prompt}|{','.join(loras)}".encode()
    ).digest()
    seed = wanted.seed if wanted.seed is not None else int.from_bytes(digest[:4], "big")
    generation = {
        "prompt": wanted.prompt, "negative_prompt": wanted.negative_prompt, "seed": seed, "model": wanted.model,
        "loras": list(loras), "session": f"ses_{secrets.token_hex(6)}", "paid": wanted.paid,
        "upstream": ENGINES[wanted.model],
    }  # fmt: skip
    name = f"out_{''.join(secrets.choice(ALPHABET) for _ in range(8))}"
    origin = Origin(name, f"P{secrets.token_hex(10).upper()}")
    terms = unlearned(db, wanted.model, loras)
    wish = Wish(wanted.prompt, wanted.negative_prompt, seed, loras, terms)
    draw = photograph if wanted.format == "jpeg" else picture
    content = draw(wish, told(origin, generation))
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
        hidden=hidden,
    )
    with db.transaction():
        put(db, new, content, FORMATS[wanted.format])
    return {"id": name, "sha256": hashlib.sha256(content).hexdigest()}


def unlearned(db: Store, model: str, loras: tuple[str, ...]) -> tuple[str, ...]:
    """Terms that finished tickets took out of the model that draws or of one of these LoRAs."""
    models = {model, *loras, *(lora.split("@")[0] for lora in loras)}
    tickets = db.rows(
        "SELECT target_id, parameters FROM orders WHERE kind = 'model_optimisation' AND state = 'applied'"
        " AND after = 'optimised'"
    )
    terms = {
        term
        for row in tickets
        if row["target_id"] in models
        for term in json.loads(row["parameters"])["terms"]
    }
    return tuple(sorted(terms))
