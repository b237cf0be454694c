"""The calendars there are, and how an operator's later year is laid over the shipped ones."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from deadlines.calendars.days import Calendar, Name, YearTable, by_year, fingerprint
from deadlines.calendars.errors import UnknownCalendar
from deadlines.calendars.us_federal import us_federal
from deadlines.calendars.year_file import read_year

DATA = Path(__file__).parent / "data"

CN, US_FEDERAL, EU, PLAIN = "cn", "us-federal", "eu", "plain"
CALENDAR_IDS = (CN, US_FEDERAL, EU, PLAIN)

Shelf = Callable[[str], Calendar]
"""Gives a calendar by its id; raises UnknownCalendar. `calendar` is the shipped one."""

_CN_NORMS: Mapping[str, Name] = {
    "start": {"en": "PRC Civil Code art. 201(1)", "zh-Hans": "《民法典》第二百零一条第一款"},
    "month": {"en": "PRC Civil Code art. 202", "zh-Hans": "《民法典》第二百零二条"},
    "roll": {"en": "PRC Civil Code art. 203(1)", "zh-Hans": "《民法典》第二百零三条第一款"},
    "end": {"en": "PRC Civil Code art. 203(2)", "zh-Hans": "《民法典》第二百零三条第二款"},
    "calendar": {"en": "State Council holiday notices", "zh-Hans": "国务院办公厅节假日安排通知"},
}
_EU_NORMS: Mapping[str, Name] = {
    "start": {"en": "Regulation 1182/71 art. 3(1)", "zh-Hans": "欧共体第1182/71号条例第3条第1款"},
    "month": {
        "en": "Regulation 1182/71 art. 3(2)(c)",
        "zh-Hans": "欧共体第1182/71号条例第3条第2款c项",
    },
    "roll": {"en": "Regulation 1182/71 art. 3(4)", "zh-Hans": "欧共体第1182/71号条例第3条第4款"},
    "end": {"en": "Regulation 1182/71 art. 3(2)", "zh-Hans": "欧共体第1182/71号条例第3条第2款"},
    "minimum": {"en": "Regulation 1182/71 art. 3(5)", "zh-Hans": "欧共体第1182/71号条例第3条第5款"},
    "calendar": {"en": "Regulation 1182/71 art. 2", "zh-Hans": "欧共体第1182/71号条例第2条"},
}
_EU_MINIMUM_WORKING_DAYS = 2
_LAWS: Mapping[str, tuple[Mapping[str, Name], int]] = {
    CN: (_CN_NORMS, 0),
    EU: (_EU_NORMS, _EU_MINIMUM_WORKING_DAYS),
}


def calendar(calendar_id: str, laid_over: Iterable[YearTable] = ()) -> Calendar:
    """The calendar with this id, shipped years first, `laid_over` replacing or following them.

    Ids: `cn` PRC working days, `us-federal`, `eu` Regulation 1182/71, `plain` (every day alike, no roll-forward).
    Raises UnknownCalendar.
    """
    if calendar_id == US_FEDERAL:
        return us_federal()
    if calendar_id == PLAIN:
        return _plain()
    if calendar_id in _LAWS:
        return _of_tables(calendar_id, laid_over)
    raise UnknownCalendar(f"No calendar {calendar_id!r}; there are {', '.join(CALENDAR_IDS)}.")


@lru_cache(maxsize=len(CALENDAR_IDS))
def shipped_years(calendar_id: str) -> Mapping[int, YearTable]:
    """The year tables that came with the product for `cn` or `eu`, by year."""
    tables = (read_year(path) for path in sorted((DATA / calendar_id).glob("*.toml")))
    return {table.year: table for table in tables}


def _of_tables(calendar_id: str, laid_over: Iterable[YearTable]) -> Calendar:
    uploads = {table.year: table for table in laid_over}
    shipped = shipped_years(calendar_id)
    if all(shipped.get(year) == table for year, table in uploads.items()):
        return _shipped(calendar_id)
    return _built(calendar_id, {**shipped, **uploads})


@lru_cache(maxsize=len(CALENDAR_IDS))
def _shipped(calendar_id: str) -> Calendar:
    return _built(calendar_id, shipped_years(calendar_id))


def _built(calendar_id: str, tables: Mapping[int, YearTable]) -> Calendar:
    norms, minimum = _LAWS[calendar_id]
    return Calendar(
        id=calendar_id,
        version=fingerprint(tables),
        first_year=min(tables),
        last_year=max(tables),
        table=by_year(tables).get,
        norms=norms,
        minimum_working_days=minimum,
    )


def _plain() -> Calendar:
    everyday: Name = {"en": "plain days", "zh-Hans": "自然日"}
    return Calendar(
        id=PLAIN,
        version="1",
        last_year=None,
        table=lambda year: YearTable(year, "1", {}, {}, everyday),
        norms={"start": {"en": "day of the event not counted", "zh-Hans": "触发当日不计"}},
        knows_rest=False,
    )
