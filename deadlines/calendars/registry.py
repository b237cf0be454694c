"""The calendars there are, and how an operator's later year is laid over the shipped ones."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from deadlines.calendars.days import Calendar, Name, YearTable, fingerprint
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
    "minimum": {"en": "Regulation 1182/71 art. 3(5)", "zh-Hans": "欧共体第1182/71号条例第3条第5款"},
    "calendar": {"en": "Regulation 1182/71 art. 2", "zh-Hans": "欧共体第1182/71号条例第2条"},
}
_EU_MINIMUM_WORKING_DAYS = 2


def calendar(calendar_id: str, laid_over: Iterable[YearTable] = ()) -> Calendar:
    """The calendar with this id, shipped years first, `laid_over` replacing or following them.

    Ids: `cn` PRC working days, `us-federal`, `eu` Regulation 1182/71, `plain` (every day alike, no roll-forward).
    Raises UnknownCalendar.
    """
    if calendar_id == US_FEDERAL:
        return us_federal()
    if calendar_id == PLAIN:
        return _plain()
    if calendar_id == CN:
        return _of_tables(CN, laid_over, _CN_NORMS)
    if calendar_id == EU:
        return _of_tables(EU, laid_over, _EU_NORMS, _EU_MINIMUM_WORKING_DAYS)
    raise UnknownCalendar(f"No calendar {calendar_id!r}; there are {', '.join(CALENDAR_IDS)}.")


@lru_cache(maxsize=len(CALENDAR_IDS))
def shipped_years(calendar_id: str) -> Mapping[int, YearTable]:
    """The year tables that came with the product for `cn` or `eu`, by year."""
    tables = (read_year(path) for path in sorted((DATA / calendar_id).glob("*.toml")))
    return {table.year: table for table in tables}


def _of_tables(
    calendar_id: str, laid_over: Iterable[YearTable], norms: Mapping[str, Name], minimum: int = 0
) -> Calendar:
    tables = {**shipped_years(calendar_id), **{table.year: table for table in laid_over}}
    return Calendar(
        id=calendar_id,
        version=_version(calendar_id)
        if tables == shipped_years(calendar_id)
        else fingerprint(tables),
        last_year=max(tables),
        table=tables.get,
        norms=norms,
        minimum_working_days=minimum,
    )


@lru_cache(maxsize=len(CALENDAR_IDS))
def _version(calendar_id: str) -> str:
    return fingerprint(shipped_years(calendar_id))


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
