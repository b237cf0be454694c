"""What a measure would touch, counted without touching anything."""

from sandbox.lineage import kin_of
from sandbox.measures import target_row
from sandbox.orders import Order
from sandbox.standing import served
from sandbox.store import Row, Store

MOST_STEPS = 4
# What goes down, or loses its source, with the thing itself. Never upwards, never to what merely stands beside.
DOWNWARDS = ("version", "merge", "quantisation", "example", "output", "share_link", "placement")


def count(db: Store, order: Order) -> dict[str, int]:
    """How many outputs, versions, users, links, placements and licensed uses the order would reach.

    Raises Problem 404 for an unknown target, 422 for one of the wrong kind.
    """
    row = target_row(db, order)
    start = _owned_by(db, row) if order.target_type == "user" else [row]
    reached = [one for one in _reached(db, start) if served(db, one)]
    owners = {one["owner"] for one in reached} | (
        {row["id"]} if order.target_type == "user" else set()
    )
    return {
        "outputs": sum(one["kind"] == "output" for one in reached),
        "versions": sum(one["kind"] == "model_version" for one in reached),
        "users": len(owners),
        "links": sum(one["kind"] == "link" for one in reached),
        "placements": sum(one["slot"] is not None for one in reached),
        "licensed_uses": sum(bool(one["licensed"]) for one in reached),
    }


def _owned_by(db: Store, user: Row) -> list[Row]:
    return db.rows("SELECT * FROM artefacts WHERE owner = ? AND hidden = 0 ORDER BY id", user["id"])


def _reached(db: Store, start: list[Row]) -> list[Row]:
    """The things themselves and everything below them, each once."""
    found = {row["id"]: row for row in start}
    edge = list(start)
    for _step in range(MOST_STEPS):
        names = {
            name
            for row in edge
            for relation, name in kin_of(db, row)
            if relation in DOWNWARDS and row["kind"] != "link"
        }
        edge = [_row(db, name) for name in sorted(names - set(found))]
        found |= {row["id"]: row for row in edge}
    return list(found.values())


def _row(db: Store, name: str) -> Row:
    row = db.row("SELECT * FROM artefacts WHERE id = ?", name)
    assert row is not None, "kin are artefacts"
    return row
