"""An output as it was drawn, before anybody has it: its entry for the shelf and its bytes."""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from flask import json

from sandbox.clock import stamp
from sandbox.draw import Wish, photograph, picture
from sandbox.engines import ENGINES
from sandbox.label import Origin, told
from sandbox.shelf import NewArtefact, put
from sandbox.store import Row, Store
from sandbox.wanted import FORMATS, Request

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz"


@dataclass(frozen=True)
class Drawing:
    """Made, and on no shelf yet."""

    new: NewArtefact
    content: bytes
    media_type: str


def drawn(db: Store, wanted: Request, loras: tuple[str, ...], now: datetime) -> Drawing:
    """Draws what was asked for; nothing is stored."""
    seed = wanted.seed if wanted.seed is not None else _seed_of(wanted, loras)
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
    )
    return Drawing(new, content, FORMATS[wanted.format])


def keep(db: Store, drawing: Drawing, *, hidden: bool = False) -> Row:
    """Puts it on the shelf, where only Redress sees it if `hidden`; the row's id, and the SHA-256 of the file."""
    with db.transaction():
        put(db, replace(drawing.new, hidden=hidden), drawing.content, drawing.media_type)
    return {"id": drawing.new.id, "sha256": hashlib.sha256(drawing.content).hexdigest()}


def _seed_of(wanted: Request, loras: tuple[str, ...]) -> int:
    text = f"{wanted.prompt}|{wanted.negative_prompt}|{','.join(loras)}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")


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
