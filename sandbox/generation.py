"""Generating a picture: who may, with which model, what the guard says before and after it is drawn, what is recorded."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox import notes, verdicts
from sandbox.drawing import drawn, keep
from sandbox.engines import BASE_MODEL
from sandbox.problems import Problem, invalid
from sandbox.settings import Settings
from sandbox.standing import BARRED, served, user_standing
from sandbox.store import Row, Store
from sandbox.wanted import Request


@dataclass(frozen=True)
class Made:
    """The output's row, the guard's message to the user if it warned, and the texts to be shown with it."""

    row: Row
    message: dict[str, str]
    notices: list[dict[str, Any]]
    check: str


def generate(db: Store, wanted: Request, settings: Settings, now: datetime) -> Made:
    """Draws, has the guard look, and records one output, with what the guard has us tell the user.

    Raises Problem: 422 unknown user or model, 403 refused (user, model, guard on prompt or picture), 409 where the user
    is to confirm a warning first, 503 when the guard gives no clear yes to either.
    """
    user = db.row("SELECT * FROM users WHERE id = ?", wanted.user)
    if user is None:
        raise invalid(("/user", f"no user {wanted.user!r} here"))
    loras = loras_named(db, wanted.lora)
    _check_engine(db, wanted)
    _check_standing(db, user, loras)
    verdict = verdicts.asked(wanted, settings)
    verdicts.require_confirmed(verdict)
    drawing = drawn(db, wanted, loras, now)
    verdicts.require_deliverable(db, drawing, settings)
    row, notices = keep(db, drawing), notes.usable(verdict.notices)
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
