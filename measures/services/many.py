"""The door to a measure's state for many at once, in few statements.

Fields and entries are those of `hold`, `move` and `record`; only what is busy is passed by.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django_fsm import can_proceed

from common.errors import Conflict
from common.transactions import try_lock_cases
from evidence.chain import Facts
from evidence.ledger import append_to_cases
from measures.models import FAMILY_MODELS, Measure, MeasureGround
from measures.services.lifecycle import facts_about
from measures.services.watching import plan_anew
from notices.services.lifecycle import Step


@dataclass(frozen=True)
class Held:
    """A measure that is locked with all its cases; `behind` are those whose chains tell of it.

    `grounded`: whether any case still stands behind it.
    """

    measure: Measure
    behind: tuple[UUID, ...]
    grounded: bool


def hold_many(ids: Collection[UUID]) -> list[Held]:
    """As `hold`, without waiting: those of the measures that nobody else is busy with, in the order of `ids`."""
    cases = _grounds(ids)
    locked = try_lock_cases({case for found in cases.values() for case in found})
    mine = [id for id in ids if cases[id].keys() <= locked]
    rows = {row.id: row for row in _rows(mine)}
    # A further case may have joined while nobody held the first ones.
    cases = _grounds(mine)
    return [_held(rows[id], cases[id]) for id in mine if id in rows and cases[id].keys() <= locked]


def move_many(
    held: Sequence[Held], name: str, event: str, step: Step, more: Callable[[Measure], Facts],
    **changes: Any,
) -> None:  # fmt: skip
    """As `move`, the same step with the same `changes` for all; `more` tells each one's further facts.

    Raises Conflict, with nothing done, when the state of one does not allow the step.
    """
    groups: dict[tuple[str, str], list[Measure]] = defaultdict(list)
    for one in held:
        transition = getattr(one.measure, name, None)
        if transition is None or not can_proceed(transition):
            raise Conflict(_("Somebody else was working on this measure just now. Try again."))
        transition()
        groups[one.measure.family, one.measure.state].append(one.measure)
    for (_family, state), rows in groups.items():
        store_many(rows, state=state, **{**plan_anew(rows[0], step.now), **changes})
    record_many(held, event, step, more)


def store_many(rows: Collection[Measure], **changes: Any) -> None:
    """Save the same values of these fields for all."""
    Measure.objects.filter(id__in=[row.id for row in rows]).update(**changes)


def record_many(
    held: Sequence[Held], event: str, step: Step, more: Callable[[Measure], Facts]
) -> None:
    """As `record`: one entry for each measure in the chain of each case behind it."""
    told = [
        (case, {**facts_about(one.measure), **more(one.measure)})
        for one in held
        for case in one.behind
    ]
    append_to_cases(event, told, actor=step.actor, at=step.now)


def _grounds(ids: Collection[UUID]) -> dict[UUID, dict[UUID, bool]]:
    """Of each measure the cases that ever stood behind it, and whether they still do."""
    found: dict[UUID, dict[UUID, bool]] = {id: {} for id in ids}
    rows = MeasureGround.objects.filter(measure__in=ids).order_by("case_id")
    for measure, case, ended in rows.values_list("measure_id", "case_id", "ended_at"):
        found[measure][case] = found[measure].get(case, False) or ended is None
    return found


def _held(measure: Measure, cases: dict[UUID, bool]) -> Held:
    standing = tuple(case for case, stands in cases.items() if stands)
    return Held(measure, standing or tuple(cases), bool(standing))


def _rows(ids: Collection[UUID]) -> list[Measure]:
    families = Measure.objects.filter(id__in=ids).order_by().values_list("family", flat=True)
    return [
        row
        for family in families.distinct()
        for row in FAMILY_MODELS[family]
        .objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("artefact", "platform_user")
        .filter(id__in=ids, family=family)
    ]
