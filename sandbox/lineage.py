"""What an artefact is related to: found in the records themselves, and in the lines that only the platform knows."""

import base64
from collections.abc import Iterable, Sequence

from sandbox.problems import invalid
from sandbox.store import Row, Store

RELATIONS = (
    "base_model",
    "version",
    "merge",
    "quantisation",
    "example",
    "output",
    "share_link",
    "collection",
    "placement",
    "training_picture",
    "mirror",
)
PAGE = 8
"""Kin on one page: few, so that whoever reads us must really turn pages."""
MADE_WITH = (
    "SELECT id FROM artefacts WHERE kind = 'output' AND hidden = 0 AND (json_extract(generation, '$.model') = ?"
    " OR EXISTS (SELECT 1 FROM json_each(generation, '$.loras') WHERE value = ?)) ORDER BY id"
)
CHILDREN = "SELECT id FROM artefacts WHERE parent = ? AND kind = ? ORDER BY id"
DRAWN = "SELECT target AS id FROM kin WHERE source = ? AND relation = ? ORDER BY target"
ABOVE = "SELECT source AS id FROM kin WHERE target = ? AND relation IN ('merge', 'quantisation') ORDER BY source"
GENERATED_BY = (
    "SELECT json_extract(generation, '$.model') AS id FROM artefacts WHERE id = ? AND generation IS NOT NULL"
    " UNION ALL SELECT value FROM artefacts, json_each(generation, '$.loras') WHERE artefacts.id = ?"
)
CHILD_KINDS = {
    "version": "model_version",
    "share_link": "link",
    "training_picture": "training_picture",
}


def kin_of(db: Store, row: Row) -> list[tuple[str, str]]:
    """Relation and id of everything directly related, each artefact once, in the order of RELATIONS.

    A model counts together with its versions: what was made with one of them was made with the model.
    """
    found: dict[str, str] = {}
    family = [row["id"], *_ids(db, CHILDREN, row["id"], "model_version")]
    for relation in RELATIONS:
        for name in _related(db, row, family, relation):
            if name != row["id"]:
                found.setdefault(name, relation)
    return sorted(
        ((relation, name) for name, relation in found.items()),
        key=lambda pair: (RELATIONS.index(pair[0]), pair[1]),
    )


def page_of(
    kin: Sequence[tuple[str, str]], cursor: str
) -> tuple[Sequence[tuple[str, str]], str | None]:
    """The kin after the cursor, at most a page of them, and the cursor of the next page, if there is one.

    Raises Problem 422 for a cursor that was never given out.
    """
    start = 0
    if cursor:
        known = [pair for pair in kin if _cursor(pair) == cursor]
        if not known:
            raise invalid(("/cursor", "a cursor that the page before named"))
        start = kin.index(known[0]) + 1
    shown = kin[start : start + PAGE]
    more = start + PAGE < len(kin)
    return shown, _cursor(shown[-1]) if more else None


def _related(db: Store, row: Row, family: Sequence[str], relation: str) -> list[str]:
    if row["kind"] == "link":
        return _led_to(db, row, relation)
    names = _each(db, DRAWN, family, relation)
    if relation in CHILD_KINDS:
        names += _each(db, CHILDREN, family, CHILD_KINDS[relation])
    if relation == "output" and row["kind"] in ("model", "model_version"):
        names += [name for one in family for name in _ids(db, MADE_WITH, one, one)]
    if relation == "base_model":
        names += _each(db, ABOVE, family) + _ids(db, GENERATED_BY, row["id"], row["id"])
        names += [row["parent"]] if row["kind"] == "model_version" else []
    return names


def _led_to(db: Store, link: Row, relation: str) -> list[str]:
    """What a share link leads to: an output, or a model that stands above the link."""
    target = db.row("SELECT id, kind FROM artefacts WHERE id = ?", link["parent"])
    if target is None:
        return []
    expected = "output" if target["kind"] == "output" else "base_model"
    return [target["id"]] if relation == expected else []


def _each(db: Store, sql: str, family: Iterable[str], *values: str) -> list[str]:
    return [name for one in family for name in _ids(db, sql, one, *values)]


def _ids(db: Store, sql: str, *values: str) -> list[str]:
    return [row["id"] for row in db.rows(sql, *values) if row["id"]]


def _cursor(pair: tuple[str, str]) -> str:
    return base64.urlsafe_b64encode(":".join(pair).encode()).decode().rstrip("=")
