"""What turned the course of a case, as data for `case.json`."""

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Model
from django.utils import translation
from django.utils.functional import Promise

from casework.course import Course, LawChange
from casework.kin import ItemKin, KinLine
from casework.two_laws import Conflict, Rule
from counternotices.models import CourtOrder
from regimes.words import Text

_HIDDEN: Final = frozenset({"token_hash", "idempotency_key", "lift_key"})
_TAGS: Final = ("en", "zh-Hans")


def row_of(row: Model) -> dict[str, Any]:
    """A row as it stands in the database, but for what opens or repeats something."""
    fields = (field for field in row._meta.concrete_fields if field.attname not in _HIDDEN)
    return {field.attname: getattr(row, field.attname) for field in fields}


def told_course(course: Course) -> Mapping[str, Any]:
    """A list for each kind of thing; `file_id` and `paper_id` are the `file` of an exhibit in the manifest."""
    return {
        "court_orders": [_order(one) for one in course.orders],
        "ends_of_proceedings": [row_of(one) for one in course.ends],
        "awards": [row_of(one) for one in course.awards],
        "complaints": [row_of(one) for one in course.complaints],
        "extensions": [row_of(one) | {"granted_by_name": name} for one, name in course.extensions],
        "conflicts_of_laws": [_conflict(one) for one in course.conflicts],
        "filer_sanctions": [row_of(one) for one in course.sanctions],
        "regimes_removed": [row_of(one) for one in course.removed],
        "law_changes": [_law_change(one) for one in course.law_changes],
    }


def told_kin(one: ItemKin) -> dict[str, Any]:
    """What an item reaches, as the platform told it, and the measures of this case on each."""
    item = one.item
    about = {"item": item.number, "read_at": item.kin_read_at, "answer": item.kin_answer}
    return {**about, "promoted": item.promoted, "kin": [_kin(line) for line in one.lines]}


def _kin(line: KinLine) -> dict[str, Any]:
    row = line.row
    return {
        "artefact": row_of(row.kin),
        "relation": row.relation,
        "via": row.via.external_id if row.via else None,
        "read_at": row.read_at,
        "claimed_as_item": line.claimed_as,
        "measures": _ids(line.measures),
    }


def _order(order: CourtOrder) -> dict[str, Any]:
    papers = [row_of(paper) for paper in order.papers.all()]
    return row_of(order) | {"measures": _ids(order.measures.all()), "papers": papers}


def _conflict(one: Conflict) -> dict[str, Any]:
    laws = {"releases": _rule(one.releases), "holds": _rule(one.holds)}
    return row_of(one.row) | {"measures": _ids(one.row.measures.all())} | laws


def _rule(rule: Rule) -> dict[str, Any]:
    sources = [
        {"norm": _both(one.norm), "url": one.url, "confidence": one.confidence}
        for one in rule.sources
    ]
    words = {"title": rule.title, "summary": rule.summary, "told": rule.told}
    both = {name: _both(text) for name, text in words.items()}
    return {"pack": rule.version, **both, "rule": _spoken(rule.rule), "sources": sources}


def _law_change(change: LawChange) -> dict[str, Any]:
    entry, erased = change.entry, change.erased
    told = {"sequence": entry.sequence, "event": entry.event, "at": entry.at, "by": entry.actor}
    gone = {"at": erased.at, "under": erased.under} if erased else None
    return {**told, "facts": entry.facts, "reason": change.reason, "reason_erased": gone}


def _both(text: Text) -> dict[str, str]:
    return {tag: text.in_language(tag) for tag in _TAGS}


def _spoken(words: str | Promise) -> dict[str, str]:
    told = {}
    for tag in _TAGS:
        with translation.override(tag.lower()):
            told[tag] = str(words)
    return told


def _ids(rows: Any) -> list[str]:
    return [str(row.pk) for row in rows]
