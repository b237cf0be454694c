"""What an artefact or a user is right now: it follows from the holds that are open, never from a stored word."""

from sandbox import clock
from sandbox.store import Row, Store

AVAILABLE, REMOVED, DISABLED = "available", "removed", "disabled"
ACTIVE = "active"
SANCTIONS = {
    "warn": "warned",
    "restrict": "restricted",
    "suspend": "suspended",
    "terminate": "terminated",
}
SEVERITY = (ACTIVE, *SANCTIONS.values())
UNDER_PARENT = ("link", "model_version", "page")
"""Kinds that go down with their parent: a link leads nowhere else, a version is a part of its model, a placement shows
nothing else. A page or a mirror without a parent stands alone."""
BARRED = ("suspended", "terminated")


def artefact_state(db: Store, artefact: Row, *, really: bool = False) -> str:
    """available, removed or disabled; the strongest hold wins, removed over disabled.

    `really`: as people and the generator meet it. The two differ only when the sandbox was told to lie.
    """
    words = {row["state"] for row in _open_holds(db, "artefact", artefact["id"], really)}
    if artefact["kind"] in UNDER_PARENT and artefact["parent"]:
        parent = db.row("SELECT * FROM artefacts WHERE id = ?", artefact["parent"])
        words |= {artefact_state(db, parent, really=really)} if parent else set()
    return REMOVED if REMOVED in words else DISABLED if DISABLED in words else AVAILABLE


def served(db: Store, artefact: Row) -> bool:
    """Whether people get to see it, whatever the contract says about it."""
    return artefact_state(db, artefact, really=True) == AVAILABLE


def user_standing(db: Store, user: Row, *, really: bool = False) -> tuple[str, str]:
    """The heaviest sanction in force and since when; an unsanctioned user is active since joining."""
    holds = _open_holds(db, "user", user["id"], really)
    if not holds:
        return ACTIVE, user["created_at"]
    heaviest = max(holds, key=lambda row: (SEVERITY.index(row["state"]), row["since"]))
    return heaviest["state"], heaviest["since"]


def _open_holds(db: Store, target_type: str, target_id: str, really: bool) -> list[Row]:
    return db.rows(
        "SELECT state, since FROM holds WHERE target_type = ? AND target_id = ? AND ended_at IS NULL"
        " AND pretended <= ? AND (relapses_at IS NULL OR relapses_at > ?)",
        target_type,
        target_id,
        int(not really),
        clock.stamp(clock.now()),
    )
