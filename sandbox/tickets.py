"""Tickets of the model's engineers."""

from datetime import datetime

from sandbox.clock import stamp
from sandbox.measures import Answer, acknowledgement, order_row, record_effect
from sandbox.problems import Problem
from sandbox.store import Row, Store


def finish_ticket(db: Store, measure_id: str, now: datetime) -> Answer:
    """The model's engineers are done: from now on the model no longer knows the ticket's terms.

    A new build of the model is out. Needs a transaction. Raises Problem 404, or 409 when the measure is no open ticket.
    """
    order = _ticket(db, measure_id, ("accepted",))
    _move(db, order, "optimised", "finish", now)
    db.write(
        "UPDATE orders SET state = 'applied', applied_at = ? WHERE measure_id = ?",
        stamp(now),
        measure_id,
    )
    return acknowledgement(order_row(db, measure_id))


def regress(db: Store, measure_id: str, now: datetime) -> Answer:
    """A later build has lost what a finished ticket had done, and nobody says so: the measure still counts as applied.

    Needs a transaction. Raises Problem 404, or 409 when the measure is no finished ticket.
    """
    order = _ticket(db, measure_id, ("applied",))
    _move(db, order, "regressed", "regress", now)
    return acknowledgement(order_row(db, measure_id))


def _ticket(db: Store, measure_id: str, states: tuple[str, ...]) -> Row:
    order = order_row(db, measure_id)
    if order["kind"] != "model_optimisation" or order["state"] not in states:
        raise Problem(
            409,
            "no-open-ticket",
            "No open ticket",
            f"Only a model_optimisation that is {' or '.join(states)} can move on like this.",
        )
    return order


def _move(db: Store, order: Row, after: str, action: str, now: datetime) -> None:
    target = (order["target_type"], order["target_id"], order["after"], after)
    record_effect(db, order["measure_id"], action, target, now)
    db.write(
        "UPDATE orders SET before = after, after = ? WHERE measure_id = ?",
        after,
        order["measure_id"],
    )
