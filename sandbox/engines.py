"""Who draws: our own model, or somebody else's behind an API, whom the user never sees."""

from sandbox.store import Row, Store

BASE_MODEL = "acme-ink-1"
UPSTREAM_MODEL = "upstream-draw"
ENGINES = {BASE_MODEL: None, UPSTREAM_MODEL: "upstream-draw/api-v2"}
NEW_BUILDS = (
    "SELECT count(*) AS number FROM effects WHERE (action IN ('finish', 'regress')"
    " OR (action = 'lift' AND before = 'optimised'))"
    " AND target_id IN (SELECT value FROM json_each(?))"
)


def build(db: Store, model: Row) -> str:
    """The name of the build that is served: a new one whenever the model, or what it runs on, was worked on."""
    children = db.rows("SELECT id FROM artefacts WHERE parent = ?", model["id"])
    family = {model["id"], model["parent"] or model["id"], *(row["id"] for row in children)}
    if model["id"] not in ENGINES:
        family.add(BASE_MODEL)
    quoted = ", ".join(f'"{name}"' for name in sorted(family))
    found = db.row(NEW_BUILDS, f"[{quoted}]")
    return f"{model['id']}+{found['number'] if found else 0}"
