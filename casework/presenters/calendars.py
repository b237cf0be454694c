"""The calendars as the desk shows them: how far each reaches, from which source, and what loading would do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import get_language

from casework.rules import LABELS
from deadlines.calendars.explain import CALENDARS, EN, ZH
from deadlines.calendars.registry import CALENDAR_IDS, shipped_years
from deadlines.models import CalendarYear, Deadline
from deadlines.selectors import day_of_end, years_to_apply
from deadlines.services.previewing import Preview
from deadlines.shelf import LOADABLE, Shelf
from notices.access import cases_for
from notices.models import Case
from users.models import User


@dataclass(frozen=True)
class YearLine:
    """One version of one year. `loaded` is None for what came with the product."""

    year: int
    version: str
    source: str
    confidence: str
    in_force: bool
    loaded: CalendarYear | None
    loaded_by: str
    applied: bool


@dataclass(frozen=True)
class CalendarCard:
    """One calendar. Without `years` it follows from a rule."""

    id: str
    name: str
    version: str
    last_year: int | None
    years: list[YearLine]


@dataclass(frozen=True)
class MoveLine:
    """A clock that would move; `case` only for those who may see it."""

    clock: Deadline
    label: object
    case: Case | None
    before: date | datetime
    after: date | datetime


def cards(shelf: Shelf) -> list[CalendarCard]:
    """Every calendar with its years, the latest first. A fixed number of queries."""
    loaded = list(CalendarYear.objects.order_by("-position"))
    people = User.objects.in_bulk({row.loaded_by for row in loaded})
    names = {id: user.name for id, user in people.items()}
    waiting = set(years_to_apply().values_list("id", flat=True)) if loaded else set()
    return [_card(id, shelf, loaded, names, waiting) for id in CALENDAR_IDS]


def moves(preview: Preview, user: User) -> list[MoveLine]:
    """What would move, with the case where this person may see it."""
    ids = {move.row.case_id for move in preview.moves}
    cases = cases_for(user).in_bulk(ids)
    return [
        MoveLine(
            clock=move.row,
            label=LABELS.get(move.row.kind, move.row.kind),
            case=cases.get(move.row.case_id),
            before=day_of_end(move.row.due_at, move.row.clock["zone"]) or move.row.due_at,
            after=day_of_end(move.due_at, move.row.clock["zone"]) or move.due_at,
        )
        for move in preview.moves
    ]


def _card(
    id: str, shelf: Shelf, loaded: list[CalendarYear], names: Mapping[UUID, str], waiting: set[UUID]
) -> CalendarCard:
    calendar = shelf(id)
    lines: list[YearLine] = []
    if id in LOADABLE:
        mine = [row for row in loaded if row.calendar == id]
        newest: dict[int, UUID] = {}
        for row in mine:
            newest.setdefault(row.year, row.id)
        lines = [_loaded(row, newest, names, waiting) for row in mine]
        lines += [
            YearLine(
                year=table.year,
                version=table.version,
                source=_words(table.source),
                confidence=table.confidence,
                in_force=table.year not in newest,
                loaded=None,
                loaded_by="",
                applied=True,
            )
            for table in shipped_years(id).values()
        ]
        lines.sort(key=lambda line: (line.year, line.in_force), reverse=True)
    name = CALENDARS[_tag()][id]
    return CalendarCard(id, name, calendar.version, calendar.last_year, lines)


def _loaded(
    row: CalendarYear, newest: Mapping[int, UUID], names: Mapping[UUID, str], waiting: set[UUID]
) -> YearLine:
    return YearLine(
        year=row.year,
        version=row.version,
        source=_words(row.source),
        confidence=row.confidence,
        in_force=newest[row.year] == row.id,
        loaded=row,
        loaded_by=names.get(row.loaded_by, ""),
        applied=row.id not in waiting,
    )


def _words(both: Mapping[str, str]) -> str:
    return both.get(_tag(), "")


def _tag() -> str:
    return ZH if (get_language() or EN).startswith("zh") else EN
