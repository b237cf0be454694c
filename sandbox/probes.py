"""Probes of Redress: really generated, after the same question to the guard as anybody's wish, and shown to nobody."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import json

from sandbox.drawing import drawn, keep
from sandbox.engines import BASE_MODEL, ENGINES, build
from sandbox.generation import loras_named
from sandbox.problems import Problem, invalid
from sandbox.records import artefact_row
from sandbox.settings import Settings
from sandbox.standing import served
from sandbox.store import Row, Store
from sandbox.verdicts import asked
from sandbox.wanted import Request

PROBER = "u_0001"
MOST = 50
MODELS = ("model", "model_version")
REFUSED = {"prompt-blocked", "model-disabled"}


def read_probes(body: Any) -> tuple[str, list[Row]]:
    """The model and the prompts asked for. Raises Problem 422 naming every wrong field."""
    if not isinstance(body, dict) or set(body) != {"model", "prompts"}:
        raise invalid(("", "an object with model and prompts, and nothing else"))
    prompts = body["prompts"]
    if not isinstance(body["model"], str):
        raise invalid(("/model", "the id of a model"))
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= MOST:
        raise invalid(("/prompts", f"1 to {MOST} prompts"))
    wrong = [
        (f"/prompts/{n}", "id, prompt and seed") for n, one in enumerate(prompts) if not _fits(one)
    ]
    if wrong:
        raise invalid(*wrong)
    if len({one["id"] for one in prompts}) < len(prompts):
        raise invalid(("/prompts", "each id once"))
    return body["model"], prompts


def run(db: Store, model: str, prompts: list[Row], settings: Settings, now: datetime) -> Row:
    """Draws each prompt with the model, one after the other.

    Raises Problem 404 for an unknown model, 422 for what is no model, 503 when the guard gives no clear answer.
    """
    row = artefact_row(db, model)
    if row["kind"] not in MODELS:
        raise invalid(("/model", f"a model or a version of one, this is a {row['kind']}"))
    results = [_one(db, row, prompt, settings, now) for prompt in prompts]
    return {"model": model, "build": build(db, row), "results": results}


def request_text(body: Any) -> str:
    """The request as it is compared with a repetition."""
    return f"PROBES {json.dumps(body, sort_keys=True)}"


def _one(db: Store, model: Row, prompt: Row, settings: Settings, now: datetime) -> Row:
    own = model["id"] in ENGINES
    wanted = Request(prompt["prompt"], "", "" if own else model["id"], PROBER, seed=prompt["seed"])
    wanted = replace(wanted, model=model["id"] if own else BASE_MODEL)
    try:
        if not served(db, model):
            return _result(prompt, "refused", None)
        loras = loras_named(db, wanted.lora)
        asked(wanted, settings)
    except Problem as problem:
        if str(problem.document["type"]).rpartition("/")[2] in REFUSED:
            return _result(prompt, "refused", None)
        raise
    # The output check is not asked: nothing is delivered to anybody, Redress itself scores what was drawn, and a
    # match on record for each probe would put its own tests before its people.
    return _result(prompt, "output", keep(db, drawn(db, wanted, loras, now), hidden=True))


def _result(prompt: Row, outcome: str, kept: Row | None) -> Row:
    output, sha256 = (kept["id"], kept["sha256"]) if kept else (None, None)
    return {"id": prompt["id"], "outcome": outcome, "output": output, "sha256": sha256}


def _fits(prompt: Any) -> bool:
    if not isinstance(prompt, dict) or set(prompt) != {"id", "prompt", "seed"}:
        return False
    name, text, seed = prompt["id"], prompt["prompt"], prompt["seed"]
    return (
        isinstance(name, str)
        and 1 <= len(name) <= 64
        and isinstance(text, str)
        and bool(text.strip())
        and len(text) <= 2000
        and isinstance(seed, int)
        and not isinstance(seed, bool)
        and 0 <= seed < 2**32
    )
