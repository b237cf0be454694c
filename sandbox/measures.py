"""Measures: applied once however often they are asked for, lifted exactly, acknowledged each time alike."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import json

from sandbox.clock import stamp
from sandbox.orders import ARTEFACT_KINDS, Order
from sandbox.problems import Problem, invalid
from sandbox.records import artefact_row, user_row
from sandbox.standing import DISABLED, REMOVED, SANCTIONS, artefact_state, user_standing
from sandbox.store import Row, Store

Answer = dict[str, Any]


@dataclass(frozen=True)
class Falsehood:
    """How an order is only seemingly carried out: not at all, or not for longer than `lasts`."""

    pretended: bool = False
    lasts: timedelta | None = None


HONEST = Falsehood()


def once(
    db: Store, key: str, request_text: str, act: Callable[[], Answer], now: datetime
) -> tuple[Answer, bool]:
    """The answer of `act`, performed at most once per key; and whether it is a repetition.

    Effect and remembered answer are one transaction, so a killed process leaves both or none.
    Raises Problem 409 when the key came with another request before. Failures are not remembered.
    """
    with db.transaction():
        known = answered(db, key, request_text)
        if known is None:
            answer = act()
            remember(db, key, request_text, answer, now)
            return answer, False
    return known, True


def answered(db: Store, key: str, request_text: str) -> Answer | None:
    """What this key was answered before, if it was. Raises Problem 409 when it came with another request."""
    known = db.row("SELECT * FROM answers WHERE key = ?", key)
    if known is None:
        return None
    if known["request_sha256"] != _digest(request_text):
        raise Problem(
            409,
            "idempotency-key-reused",
            "Key used for another request",
            "This Idempotency-Key came with another request before; take a new key for a new order.",
        )
    answer: Answer = json.loads(known["answer"])
    return answer


def remember(db: Store, key: str, request_text: str, answer: Answer, now: datetime) -> None:
    """Keeps the answer for repetitions. Needs a transaction."""
    db.write(
        "INSERT INTO answers VALUES (?, ?, ?, ?)",
        key,
        _digest(request_text),
        json.dumps(answer),
        stamp(now),
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def apply(db: Store, order: Order, now: datetime, falsehood: Falsehood = HONEST) -> Answer:
    """Binds the target, or seems to. Needs a transaction.

    The same order under a new key is asked for because it did not hold: it is made true again, with an
    effect only where it was not. Raises Problem 404 for an unknown target, 409 for a measure id that
    exists with another order, 422 for a target of the wrong kind.
    """
    known = db.row("SELECT * FROM orders WHERE measure_id = ?", order.measure_id)
    if known is not None:
        return _again(db, order, known, now, falsehood)
    row = target_row(db, order)
    before = _word(db, order.kind, row)
    _bind(db, order, now, falsehood)
    after = "ticket_open" if order.kind == "model_optimisation" else _word(db, order.kind, row)
    if not falsehood.pretended:
        record_effect(
            db, order.measure_id, "apply", (order.target_type, order.target_id, before, after), now
        )
    state = "accepted" if order.kind == "model_optimisation" else "applied"
    db.write(
        "INSERT INTO orders VALUES (?,?,?,?,?,?,?,?,?,NULL,?,?)",
        order.measure_id, order.canonical_body(), order.kind, order.target_type, order.target_id,
        json.dumps(order.parameters), state, _acknowledgement_id(), stamp(now), before, after,
    )  # fmt: skip
    return acknowledgement(order_row(db, order.measure_id))


def target_row(db: Store, order: Order) -> Row:
    """What an order acts on. Raises Problem 404 for an unknown target, 422 for one of the wrong kind."""
    if order.target_type == "user":
        return user_row(db, order.target_id)
    row = artefact_row(db, order.target_id)
    if row["kind"] not in ARTEFACT_KINDS[order.kind]:
        allowed = " or ".join(ARTEFACT_KINDS[order.kind])
        raise invalid(("/target/id", f"a {order.kind} needs a {allowed}, this is a {row['kind']}"))
    return row


def _again(db: Store, order: Order, known: Row, now: datetime, falsehood: Falsehood) -> Answer:
    if known["body"] != order.canonical_body() or known["state"] == "lifted":
        raise Problem(
            409,
            "measure-exists",
            "Measure exists",
            "This measure was ordered before, otherwise, or was lifted already; take a new measure id.",
        )
    if known["state"] == "applied" and order.kind != "model_optimisation":
        before = _word(db, order.kind, _target(db, known))
        db.write(
            "UPDATE holds SET ended_at = ? WHERE measure_id = ? AND ended_at IS NULL",
            stamp(now),
            order.measure_id,
        )
        _bind(db, order, now, falsehood)
        after = _word(db, order.kind, _target(db, known))
        if after != before:
            change = (order.target_type, order.target_id, before, after)
            record_effect(db, order.measure_id, "apply", change, now)
    db.write(
        "UPDATE orders SET acknowledgement_id = ? WHERE measure_id = ?",
        _acknowledgement_id(),
        order.measure_id,
    )
    return acknowledgement(order_row(db, order.measure_id))


def lift(db: Store, measure_id: str, now: datetime) -> Answer:
    """Gives back what this measure took, and nothing another measure still holds. Needs a transaction.

    A measure that is lifted already stays so, without a second effect. Raises Problem 404 measure-not-found.
    """
    order = order_row(db, measure_id)
    if order["state"] != "lifted":
        row = _target(db, order)
        before = (
            order["after"]
            if order["kind"] == "model_optimisation"
            else _word(db, order["kind"], row)
        )
        db.write(
            "UPDATE holds SET ended_at = ? WHERE measure_id = ? AND ended_at IS NULL",
            stamp(now),
            measure_id,
        )
        after = _word(db, order["kind"], row)
        record_effect(
            db, measure_id, "lift", (order["target_type"], order["target_id"], before, after), now
        )
        db.write(
            "UPDATE orders SET state = 'lifted', lifted_at = ?, acknowledgement_id = ?, before = ?, after = ? WHERE measure_id = ?",
            stamp(now), _acknowledgement_id(), before, after, measure_id,
        )  # fmt: skip
    return acknowledgement(order_row(db, measure_id))


def order_row(db: Store, measure_id: str) -> Row:
    """Raises Problem 404 measure-not-found."""
    row = db.row("SELECT * FROM orders WHERE measure_id = ?", measure_id)
    if row is None:
        raise Problem(
            404,
            "measure-not-found",
            "No such measure",
            f"No measure {measure_id!r} was ordered here.",
        )
    return row


def acknowledgement(order: Row) -> Answer:
    return {
        "acknowledgement_id": order["acknowledgement_id"],
        "measure_id": order["measure_id"],
        "state": order["state"],
        "applied_at": order["applied_at"],
        "lifted_at": order["lifted_at"],
        "effect": {"before": order["before"], "after": order["after"]},
    }


def _bind(db: Store, order: Order, now: datetime, falsehood: Falsehood) -> None:
    if order.kind == "model_optimisation":
        return
    word = {"content_removal": REMOVED, "model_takedown": DISABLED}.get(order.kind) or SANCTIONS[
        order.parameters["level"]
    ]
    db.write(
        "INSERT INTO holds (measure_id, target_type, target_id, state, since, pretended, relapses_at)"
        " VALUES (?,?,?,?,?,?,?)",
        order.measure_id,
        order.target_type,
        order.target_id,
        word,
        stamp(now),
        int(falsehood.pretended),
        stamp(now + falsehood.lasts) if falsehood.lasts else None,
    )


def record_effect(
    db: Store, measure_id: str, action: str, change: tuple[str, str, str, str], now: datetime
) -> None:
    db.write(
        "INSERT INTO effects (measure_id, action, target_type, target_id, before, after, at) VALUES (?,?,?,?,?,?,?)",
        measure_id,
        action,
        *change,
        stamp(now),
    )


def _target(db: Store, order: Row) -> Row:
    return (
        user_row(db, order["target_id"])
        if order["target_type"] == "user"
        else artefact_row(db, order["target_id"])
    )


def _word(db: Store, kind: str, target: Row) -> str:
    """The state of the target in one word, as this kind of measure sees it."""
    if kind == "model_optimisation":
        return "unoptimised"
    return user_standing(db, target)[0] if kind == "user_sanction" else artefact_state(db, target)


def _acknowledgement_id() -> str:
    return f"ack_{secrets.token_hex(10)}"
