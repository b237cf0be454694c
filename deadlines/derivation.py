"""Why a clock ends when it ends: the steps of the calendar, and what befell the clock since.

The calendars explain how a date is counted. What happened to a clock later (data arrived, time was granted) is
told here, in the same way: as steps that are stored and read the same in both languages years later.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

from deadlines.calendars.explain import CALENDARS, EN, UNITS, WEEKDAYS, ZH
from deadlines.calendars.explain import explain as sentences
from deadlines.calendars.steps import Step

CATALOGUE: Final[Mapping[str, Mapping[str, str]]] = {
    EN: {
        "recomputed": "Computed again when the days of rest of {year} (version {version}) were loaded into the {calendar}: the last day moved from {from} to {to}.",
        "settled": "Computed again when the days of rest of {year} (version {version}) were loaded into the {calendar}: the last day stays {date}.",
        "overtaken": "By these data the period had ended on {date}, before anybody could know. It ends at {moment}, when it became known: nothing done before that is late.",
        "prolonged": "On {moment} {length} {unit} were granted on top: the last day moved from {from} to {to}.",
        "granted": "On {moment} {length} {unit} were granted on top: the last day stays {date}.",
        "new_terms": "On {moment} the case was moved to version {version} of the rules: {length} {unit} from the same event. The last day moved from {from} to {to}.",
        "new_terms_same_day": "On {moment} the case was moved to version {version} of the rules: {length} {unit} from the same event. The last day stays {date}.",
        "stood_still": "The clock was stopped from {from} to {to}, and that time does not count.",
    },
    ZH: {
        "recomputed": "{calendar}载入{year}年放假安排（版本{version}）后重新计算：最后一日由{from}改为{to}。",
        "settled": "{calendar}载入{year}年放假安排（版本{version}）后重新计算：最后一日仍为{date}。",
        "overtaken": "按新载入的数据，期间已于{date}届满，而此前无从得知。期间于得知之时即{moment}届满：此前所为均不逾期。",
        "prolonged": "{moment}另准延长{length}{unit}：最后一日由{from}改为{to}。",
        "granted": "{moment}另准延长{length}{unit}：最后一日仍为{date}。",
        "new_terms": "{moment}案件转入规则包版本{version}：自同一事件起{length}{unit}，最后一日由{from}改为{to}。",
        "new_terms_same_day": "{moment}案件转入规则包版本{version}：自同一事件起{length}{unit}，最后一日仍为{date}。",
        "stood_still": "{from}至{to}期间中止，该段时间不计入。",
    },
}


def explain(steps: Iterable[Step], language: str) -> list[str]:
    """One sentence a step, in order. `language` is en or zh-Hans (any case). Raises CalendarError."""
    tag = ZH if language.lower().startswith("zh") else EN
    return [_sentence(step, tag, language) for step in steps]


def _sentence(step: Step, tag: str, language: str) -> str:
    pattern = CATALOGUE[tag].get(step.code)
    if pattern is None:
        return sentences([step], language)[0]
    return pattern.format(
        **{key: _word(key, str(value), tag) for key, value in step.values.items()}
    )


def _word(key: str, value: str, tag: str) -> str:
    if key == "unit":
        return UNITS[tag][value]
    if key == "calendar":
        return CALENDARS[tag].get(value, value)
    return _when(value, tag) if key in ("date", "from", "to", "moment") else value


def _when(value: str, tag: str) -> str:
    if "T" in value:
        moment = datetime.fromisoformat(value)
        return f"{_when(moment.date().isoformat(), tag)} {moment:%H:%M}"
    day = date.fromisoformat(value)
    weekday = WEEKDAYS[tag][day.weekday()]
    if tag == ZH:
        return f"{day.year}年{day.month}月{day.day}日（{weekday}）"
    return f"{weekday} {day.day} {day:%b %Y}"
