"""The controls: faults, logs, effects, reset. Not part of the contract; only the sandbox has them."""

from typing import Any

from flask import Blueprint, Response, g, request

from sandbox import clock, faults, journal, seed, tickets
from sandbox.draw import fox_spirit_sheet
from sandbox.problems import invalid
from sandbox.store import Row, store

controls = Blueprint("controls", __name__, url_prefix="/sandbox")


@controls.get("/faults")
def show_faults() -> dict[str, list[Row]]:
    return {"faults": faults.planned(store())}


@controls.put("/faults")
def plan_faults() -> dict[str, list[Row]]:
    faults.plan(store(), request.get_json(silent=True, force=True))
    return show_faults()


@controls.delete("/faults")
def clear_faults() -> dict[str, list[Row]]:
    faults.plan(store(), {})
    return show_faults()


@controls.get("/requests")
def show_requests() -> dict[str, list[Row]]:
    """The raw request log, oldest first; `after` pages on, `limit` is at most 1000."""
    return {
        "requests": journal.entries(store(), _number("after", 0), min(_number("limit", 500), 1000))
    }


@controls.get("/effects")
def show_effects() -> dict[str, list[Row]]:
    """Every real change of the world, oldest first; `measure_id` narrows it down."""
    wanted = request.args.get("measure_id")
    return {
        "effects": store().rows(
            "SELECT * FROM effects WHERE measure_id = ifnull(?, measure_id) ORDER BY id", wanted
        )
    }


@controls.post("/tickets/<measure_id>/finish")
def finish_ticket(measure_id: str) -> dict[str, Any]:
    with store().transaction():
        return tickets.finish_ticket(store(), measure_id, clock.now())


@controls.post("/tickets/<measure_id>/regress")
def regress_ticket(measure_id: str) -> dict[str, Any]:
    with store().transaction():
        return tickets.regress(store(), measure_id, clock.now())


@controls.post("/reset")
def reset() -> dict[str, str]:
    """Back to the seed world: no measure, fault, effect or request before this one remains."""
    seed.restore(store(), keep_request=g.request_row)
    return {"state": "seed world restored"}


@controls.get("/works/fox-spirit.png")
def work() -> Response:
    return Response(fox_spirit_sheet(), mimetype="image/png")


def _number(name: str, default: int) -> int:
    value = request.args.get(name, str(default))
    if not value.isascii() or not value.isdigit() or len(value) > 15:
        raise invalid((f"/{name}", "a whole number"))
    return int(value)
