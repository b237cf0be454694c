"""Putting a year of a calendar in force: checked, versioned, in the ledger, and never taken back."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.actors import staff
from common.jobs import enqueue
from common.transactions import lock
from deadlines.calendars.days import YearTable
from deadlines.calendars.errors import BadCalendarData
from deadlines.calendars.registry import shipped_years
from deadlines.calendars.year_file import parse_year
from deadlines.errors import YearRefused
from deadlines.models import CalendarYear
from deadlines.shelf import LOADABLE
from evidence import ledger
from evidence.chain import Chain, Fact

LONGEST_TEXT: Final = 64 * 1024
LONGEST_VERSION: Final = 40
LONGEST_ERROR: Final = 600
FIRST_YEAR: Final = 2000
ALL_YEARS: Final = UUID("5f1c5a52-6d0b-5b8e-9d3c-0c6a52a7f6d1")
"""The one lock under which years are numbered."""

_NOT_A_YEAR: Final = gettext_lazy(
    "The notice cannot be read: days are dates such as 2027-01-01, and every name and the source are a text in "
    "both languages, en and zh-Hans."
)


@dataclass(frozen=True)
class Candidate:
    """A year that was checked and is not in force yet."""

    calendar: str
    toml: str
    table: YearTable

    @property
    def sha256(self) -> str:
        """The hash of the text as it came."""
        return hashlib.sha256(self.toml.encode()).hexdigest()


def calendar_chain(calendar_id: str) -> Chain:
    """The ledger's chain of a calendar."""
    return Chain("calendar", uuid5(NAMESPACE_URL, f"redress:calendar/{calendar_id}"))


def check(calendar_id: str, toml: str) -> Candidate:
    """The year in a text, if it could be put in force now. Writes nothing. Raises YearRefused."""
    if calendar_id not in LOADABLE:
        raise YearRefused(_("This calendar follows from a rule: no years are loaded into it."))
    if len(toml) > LONGEST_TEXT:
        raise YearRefused(_("This is too long for one year's notice: at most 64 kB are read."))
    table = _read(toml)
    if not 1 <= len(table.version) <= LONGEST_VERSION:
        raise YearRefused(_("A version has from 1 to 40 characters, for instance 2027.1."))
    _follows(calendar_id, table)
    return Candidate(calendar_id, toml, table)


@transaction.atomic
def load(candidate: Candidate, *, user_id: UUID, now: datetime) -> CalendarYear:
    """Put the year in force, and let every open clock that it could move be computed anew after commit.

    A later version of a year takes the place of the earlier one, which is kept. Ledger: calendar.year_loaded
    on the calendar's own chain. Raises YearRefused when the world moved on since `check`.
    """
    lock("calendar", ALL_YEARS)
    check(candidate.calendar, candidate.toml)
    table = candidate.table
    earlier = CalendarYear.objects.filter(calendar=candidate.calendar, year=table.year)
    before = earlier.order_by("-position").values_list("version", flat=True).first()
    top = CalendarYear.objects.aggregate(top=Max("position"))["top"] or 0
    row = CalendarYear.objects.create(
        position=top + 1,
        calendar=candidate.calendar,
        year=table.year,
        version=table.version,
        toml=candidate.toml,
        sha256=candidate.sha256,
        source=dict(table.source),
        confidence=table.confidence,
        loaded_at=now,
        loaded_by=user_id,
    )
    facts: dict[str, Fact] = {
        "calendar": row.calendar,
        "year": row.year,
        "version": row.version,
        "sha256": row.sha256,
        "instead_of": before or _shipped_version(row.calendar, row.year),
    }
    chain = calendar_chain(row.calendar)
    ledger.append(chain, "calendar.year_loaded", actor=staff(user_id), at=now, facts=facts)
    enqueue("deadlines.apply_years")
    return row


def _read(toml: str) -> YearTable:
    try:
        table = parse_year(toml, _("the notice"))
        days, names = [*table.rest, *table.make_up], [*table.rest.values(), *table.make_up.values()]
        whole = all(type(day) is date for day in days) and all(
            isinstance(word, str) for name in [table.source, *names] for word in name.values()
        )
    except BadCalendarData as error:
        raise YearRefused(
            _("The notice cannot be read: %(why)s") % {"why": str(error)[:LONGEST_ERROR]}
        ) from error
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise YearRefused(str(_NOT_A_YEAR)) from error
    if not whole:
        raise YearRefused(str(_NOT_A_YEAR))
    return table


def _follows(calendar_id: str, table: YearTable) -> None:
    loaded = CalendarYear.objects.filter(calendar=calendar_id)
    versions = set(loaded.filter(year=table.year).values_list("version", flat=True))
    if table.version in versions | {_shipped_version(calendar_id, table.year)}:
        raise YearRefused(
            _(
                "Version %(version)s of %(year)s is there already. Give the new one a version of its own."
            )
            % {"version": table.version, "year": table.year}
        )
    years = {*shipped_years(calendar_id), *loaded.values_list("year", flat=True)}
    if not FIRST_YEAR <= table.year <= max(years) + 1:
        raise YearRefused(
            _(
                "The year after the last one is %(year)s: load that first, so that no year is left out."
            )
            % {"year": max(years) + 1}
        )


def _shipped_version(calendar_id: str, year: int) -> str | None:
    table = shipped_years(calendar_id).get(year)
    return table.version if table else None
