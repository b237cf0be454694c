"""What an artefact or a user is right now: it follows from the holds that are open, never from a stored word."""

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
UNDER_PARENT = ("link", "model_version")
"""Kinds that go down with their parent: a link leads nowhere else, a version is a part of its model."""
BARRED = ("suspended", "terminated")


def artefact_state(db: Store, artefact: Row) -> str:
    """available, removed or disabled; the strongest hold wins, removed over disabled."""
    words = {row["state"] for row in _open_holds(db, "artefact", artefact["id"])}
    if artefact["kind"] in UNDER_PARENT and artefact["parent"]:
        parent = db.row("SELECT * FROM artefacts WHERE id = ?", artefact["parent"])
        words |= {artefact_state(db, parent)} if parent else set()
    return REMOVED if REMOVED in words else DISABLED if DISABLED in words else AVAILABLE


def user_standing(db: Store, user: Row) -> tuple[str, str]:
    """The heaviest sanction in force and since when; an unsanctioned user is active since joining."""
    holds = _open_holds(db, "user", user["id"])
    if not holds:
        return ACTIVE, user["created_at"]
    heaviest = max(holds, key=lambda row: (SEVERITY.index(row["state"]), row["since"]))
    return heaviest["state"], heaviest["since"]


def _open_holds(db: Store, target_type: str, target_id: str) -> list[Row]:
    return db.rows(
        "SELECT state, since FROM holds WHERE target_type = ? AND target_id = ? AND ended_at IS NULL",
        target_type,
        target_id,
    )
