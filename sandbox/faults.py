"""Told to fail, to be slow, to fail after the effect, to lie, or to speak the contract as it was before 1.1.

Three lies about an order: `lie` acknowledges and does nothing; `pretend` says removed and goes on serving; `relapse`
does it and undoes it after so many seconds. So that Redress can be tried against them.
"""

import time
from typing import Any

from flask import Flask, Response, json, request

from sandbox.problems import Problem, answer, invalid
from sandbox.store import Row, Store, store

FIELDS: dict[str, dict[str, tuple[Any, tuple[Any, Any]]]] = {
    "fail": {"status": (503, (400, 599)), "retry_after": (1, (0, 3600)), "times": (1, (0, 10_000))},
    "slow": {"seconds": (1.0, (0, 600)), "times": (1, (0, 10_000))},
    "slow_after_effect": {"seconds": (1.0, (0, 600)), "times": (1, (0, 10_000))},
    "fail_after_effect": {"status": (500, (400, 599)), "times": (1, (0, 10_000))},
    "lie": {"times": (1, (0, 10_000))},
    "pretend": {"times": (1, (0, 10_000))},
    "relapse": {"seconds": (1.0, (0, 86_400)), "times": (1, (0, 10_000))},
    "old_contract": {"times": (1, (0, 10_000))},
}
REACH = ("all", "reads", "measures")


def plan(db: Store, body: Any) -> None:
    """Replaces all faults. `on` says which calls of the contract meet one: all, reads or measures.

    Raises Problem 422 naming the field that is wrong.
    """
    if not isinstance(body, dict):
        raise invalid(("", f"an object with one or more of {', '.join(FIELDS)}"))
    wanted = {name: _settings(name, given) for name, given in body.items()}
    with db.transaction():
        db.write("DELETE FROM faults")
        for name, settings in wanted.items():
            db.write(
                "INSERT INTO faults VALUES (?, ?, ?)", name, json.dumps(settings), settings["times"]
            )


def _settings(name: str, given: Any) -> dict[str, Any]:
    if name not in FIELDS:
        raise invalid((f"/{name}", f"one of {', '.join(FIELDS)}"))
    if not isinstance(given, dict):
        raise invalid((f"/{name}", "an object"))
    settings: dict[str, Any] = {"on": given.get("on", "all")}
    if settings["on"] not in REACH:
        raise invalid((f"/{name}/on", f"one of {', '.join(REACH)}"))
    for field in set(given) - set(FIELDS[name]) - {"on"}:
        raise invalid((f"/{name}/{field}", "unknown field"))
    for field, (default, (low, high)) in FIELDS[name].items():
        value = given.get(field, default)
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not low <= value <= high
        ):
            raise invalid((f"/{name}/{field}", f"a number from {low} to {high}"))
        settings[field] = value if field == "seconds" else int(value)
    return settings


def planned(db: Store) -> list[Row]:
    found = db.rows("SELECT * FROM faults ORDER BY name")
    return [
        {"name": row["name"], "remaining": row["remaining"], **json.loads(row["settings"])}
        for row in found
    ]


def take(db: Store, name: str) -> dict[str, Any] | None:
    """Uses one turn of the fault if one is left for this request."""
    row = db.row("SELECT settings FROM faults WHERE name = ? AND remaining > 0", name)
    if row is None:
        return None
    settings: dict[str, Any] = json.loads(row["settings"])
    if settings["on"] not in ("all", "measures" if _orders() else "reads"):
        return None
    with db.transaction():
        taken = db.rows(
            "UPDATE faults SET remaining = remaining - 1 WHERE name = ? AND remaining > 0 RETURNING name",
            name,
        )
    return settings if taken else None


def _orders() -> bool:
    return request.method in ("PUT", "DELETE") and request.path.startswith("/v1/measures/")


def before_contract() -> None:
    if not request.path.startswith("/v1/"):
        return
    slow = take(store(), "slow")
    if slow:
        time.sleep(slow["seconds"])
    fail = take(store(), "fail")
    if fail:
        raise Problem(
            fail["status"],
            "told-to-fail",
            "Told to fail",
            "The sandbox was told to fail here.",
            retry_after=fail["retry_after"],
        )


def after_effect(response: Response) -> Response:
    if not _orders() or response.status_code != 200:
        return response
    slow = take(store(), "slow_after_effect")
    if slow:
        time.sleep(slow["seconds"])
    fail = take(store(), "fail_after_effect")
    if fail:
        return answer(
            Problem(
                fail["status"],
                "told-to-fail",
                "Told to fail",
                "The effect happened; the answer is withheld.",
            )
        )
    return response


def install(app: Flask) -> None:
    app.before_request(before_contract)
    app.after_request(after_effect)
