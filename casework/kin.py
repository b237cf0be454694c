"""What claimed items reach, as the desk and the case file show it: by item, with what was done to each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID

from measures.models import Measure
from notices.models import ClaimedItem
from platforms.lineage import kin_of
from platforms.models import ArtefactKin

# A page with more lines than this helps nobody; the case file holds them all.
SHOWN: Final = 500


@dataclass(frozen=True)
class KinLine:
    """One artefact that an item reaches."""

    row: ArtefactKin
    claimed_as: int | None
    """The number under which it is claimed itself, if it is: then it is decided there."""
    measures: Sequence[Measure]
    """What this case has ordered on it."""


@dataclass(frozen=True)
class ItemKin:
    """One item whose kin were asked for, and what the platform said."""

    item: ClaimedItem
    lines: list[KinLine] = field(default_factory=list)
    left_out: int = 0
    """Lines beyond what is shown."""


def kin_of_items(
    items: Iterable[ClaimedItem], measures: Iterable[Measure] = (), *, most: int | None = SHOWN
) -> list[ItemKin]:
    """Every item about which the service told, in order, with at most `most` lines in all. One query.

    What it told before stays while it is being asked again.
    """
    found_here = [item for item in items if item.artefact_id]
    claimed = {item.artefact_id: item.number for item in found_here}
    done = _by_artefact(measures)
    by_artefact: dict[UUID, list[ArtefactKin]] = {}
    for row in kin_of({item.artefact_id for item in found_here}) if found_here else ():
        by_artefact.setdefault(row.artefact_id, []).append(row)
    found = []
    for item in found_here:
        assert item.artefact_id is not None
        rows = by_artefact.get(item.artefact_id, [])
        lines = [KinLine(row, claimed.get(row.kin_id), done.get(row.kin_id, ())) for row in rows]
        if lines or item.kin_answer:
            found.append(ItemKin(item, lines))
    return found if most is None else cut(found, most)


def cut(kin: Iterable[ItemKin], most: int) -> list[ItemKin]:
    """The same items with at most so many lines in all; each says how many it left out."""
    found, room = [], most
    for one in kin:
        shown = one.lines[:room]
        room -= len(shown)
        found.append(replace(one, lines=shown, left_out=len(one.lines) - len(shown)))
    return found


def _by_artefact(measures: Iterable[Measure]) -> Mapping[UUID, list[Measure]]:
    found: dict[UUID, list[Measure]] = {}
    for measure in measures:
        if measure.artefact_id:
            found.setdefault(measure.artefact_id, []).append(measure)
    return found
