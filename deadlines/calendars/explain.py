"""Why a date is what it is, in English and Chinese: the derivation's steps turned into sentences.

The catalogue (`wording`) is data and not gettext, because a derivation is stored as steps and must still read the same in
both languages years later, outside any request.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache

from deadlines.calendars.errors import CalendarError
from deadlines.calendars.steps import Step
from deadlines.calendars.wording import (
    CALENDARS,
    CATALOGUE,
    CONFIDENCE,
    EN,
    EVENTS,
    UNITS,
    WEEKDAYS,
    ZH,
    ZONES,
    Words,
)

NAMED: Mapping[str, Words] = {
    "calendar": CALENDARS,
    "confidence": CONFIDENCE,
    "event": EVENTS,
    "unit": UNITS,
    "zone": ZONES,
}
"""Values that are codes, and what they are called; a code without a name stands for itself."""
MOMENTS = ("date", "from", "to", "moment")
PLAIN = (str, int)  # a tuple: asked of every value of every step, and quicker than a union


def explain(steps: Iterable[Step], language: str) -> list[str]:
    """One sentence a step, in order. `language` is en or zh-Hans (any case). Raises CalendarError."""
    tag = ZH if language.lower().startswith("zh") else language.lower()
    if tag not in CATALOGUE:
        raise CalendarError(f"Dates explain themselves in {EN} and {ZH}, not in {language!r}.")
    return [_sentence(step, tag) for step in steps]


def _sentence(step: Step, tag: str) -> str:
    known = step.said.get(tag)
    if known is not None:
        return known
    said = [
        (key, value if isinstance(value, PLAIN) else value.get(tag, ""))
        for key, value in step.values.items()
    ]
    step.said[tag] = sentence = _written(step.code, tuple(said), tag)
    return sentence


@lru_cache(maxsize=50_000)
def _written(code: str, said: tuple[tuple[str, str | int], ...], tag: str) -> str:
    pattern = CATALOGUE[tag].get(code)
    if pattern is None:
        raise CalendarError(f"No sentence for step {code!r}; add it to the catalogue.")
    values = dict(said)
    words = {"zone": "", **{key: _word(key, value, tag) for key, value in said}}
    norm = words.get("norm", "")
    words["norm"] = _in_brackets(norm, tag)
    words["clause"] = norm and ("；" if tag == ZH else "; ") + norm
    if values.get("length") == 1 and "unit" in values and tag == EN:
        words["unit"] = words["unit"].removesuffix("s")
    if code == "calendar":
        words["reach"] = _reach(values["last_year"], tag)
    if "from" in values and "to" in values:
        words["span"] = _span(str(values["from"]), str(values["to"]), tag)
    return pattern.format(**words).replace(" ()", "").replace("（）", "")


def _word(key: str, value: str | int, tag: str) -> str:
    if key in NAMED:
        return NAMED[key][tag].get(str(value), str(value))
    return _when(str(value), tag) if key in MOMENTS else str(value)


@lru_cache(maxsize=50_000)
def _when(value: str, tag: str) -> str:
    if "T" in value:
        moment = datetime.fromisoformat(value)
        gap = "" if tag == ZH else " "
        return f"{_when(moment.date().isoformat(), tag)}{gap}{moment:%H:%M}"
    day = date.fromisoformat(value)
    weekday = WEEKDAYS[tag][day.weekday()]
    if tag == ZH:
        return f"{day.year}年{day.month}月{day.day}日（{weekday}）"
    return f"{weekday} {day.day} {day:%b} {day.year}"


@lru_cache(maxsize=50_000)
def _span(first: str, last: str, tag: str) -> str:
    """From day to day, the year said once where it is the same, with the number of days."""
    begun, ended = _when(first, tag), _when(last, tag)
    if first == last or "T" in first:
        return begun
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    same_year = first[:4] == last[:4]
    if tag == ZH:
        return f"{begun}至{ended.split('年', 1)[1] if same_year else ended}共{days}日"
    return f"{begun[:-5] if same_year else begun} to {ended} ({days} days)"


def _in_brackets(norm: str, tag: str) -> str:
    if not norm:
        return ""
    return f"（{norm}）" if tag == ZH else f" ({norm})"


def _reach(last_year: str | int, tag: str) -> str:
    if not last_year:
        return "按法定规则推算，适用于各年" if tag == ZH else "by rule, for every year"
    return f"数据截至{last_year}年" if tag == ZH else f"data up to {last_year}"
