"""The result of a mark check in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evidence.traces.standard import FIELDS
from notices.presenters.traces import ODD
from screening.marks.check import Fate, MarkCheck, Row

NAMES: Final[Mapping[str, Promise]] = {
    "metadata stripped": _("Metadata removed"),
    "JPEG 90": _("Saved as JPEG, quality 90"),
    "JPEG 75": _("Saved as JPEG, quality 75"),
    "JPEG 60": _("Saved as JPEG, quality 60"),
    "JPEG 45": _("Saved as JPEG, quality 45"),
    "JPEG 30": _("Saved as JPEG, quality 30"),
    "as PNG": _("Saved as PNG"),
    "as WebP": _("Saved as WebP"),
    "half the size": _("Half the size"),
    "a quarter of the size": _("A quarter of the size"),
    "5 percent cut off at each edge": _("5 percent cut off at each edge"),
    "20 percent cut off at each edge": _("20 percent cut off at each edge"),
    "screenshot": _("Screenshot"),
}
FATES: Final[Mapping[Fate, str | Promise]] = {
    Fate.KEPT: pgettext_lazy("mark", "kept"),
    Fate.CHANGED: pgettext_lazy("mark", "changed"),
    Fate.LOST: pgettext_lazy("mark", "lost"),
    Fate.NONE: "–",
}
_TINTS: Final[Mapping[Fate, str]] = {
    Fate.KEPT: "success",
    Fate.CHANGED: "waiting",
    Fate.LOST: "danger",
    Fate.NONE: "",
}


@dataclass(frozen=True)
class Cell:
    """What became of one mark, with the tint of its badge; no tint where there was nothing to lose."""

    heading: str | Promise
    words: str | Promise
    tint: str


@dataclass(frozen=True)
class Line:
    """One manipulation."""

    name: Promise
    cells: list[Cell]


@dataclass(frozen=True)
class Result:
    """`labels`: fields and oddities of each hidden label of the picture."""

    file: str
    labels: list[tuple[list[tuple[str, str]], list[Promise]]]
    manifest: bool
    headings: list[Promise]
    lines: list[Line]


HEADINGS: Final = (
    _("Hidden label, by a careful program"),
    _("Hidden label, by any other"),
    _("Content credential"),
    _("Visible mark"),
    _("Recognised by its looks"),
)


def result(file: str, found: MarkCheck) -> Result:
    """The table, and what the picture carries."""
    labels = [
        (
            [(name, one.fields[name]) for name in FIELDS if one.fields.get(name)],
            [ODD[odd] for odd in one.odd],
        )
        for one in found.report.labels
    ]
    lines = [Line(NAMES[row.name], _cells(row)) for row in found.rows]
    return Result(file, labels, found.report.manifest, list(HEADINGS), lines)


def _cells(row: Row) -> list[Cell]:
    marks = (row.kept_by_care, row.kept_by_none, row.credential, row.visible)
    cells = [
        Cell(heading, FATES[one], _TINTS[one])
        for heading, one in zip(HEADINGS, marks, strict=False)
    ]
    looks = pgettext_lazy("looks", "yes") if row.recognised else pgettext_lazy("looks", "no")
    return [*cells, Cell(HEADINGS[-1], looks, "success" if row.recognised else "danger")]
