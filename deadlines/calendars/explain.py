"""Why a date is what it is, in English and Chinese: the derivation's steps turned into sentences.

The catalogue is data here and not gettext, because a derivation is stored as steps and must still read the same in both
languages years later, outside any request.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from deadlines.calendars.errors import CalendarError
from deadlines.calendars.steps import Step, Value

EN, ZH = "en", "zh-Hans"
WEEKDAYS = {
    EN: ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    ZH: ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
}
UNITS = {
    EN: {
        "working_days": "working days",
        "calendar_days": "calendar days",
        "months": "months",
        "hours": "hours",
    },
    ZH: {
        "working_days": "个工作日",
        "calendar_days": "个自然日",
        "months": "个月",
        "hours": "小时",
    },
}
CALENDARS = {
    EN: {
        "cn": "PRC working-day calendar",
        "us-federal": "US federal business-day calendar",
        "eu": "EU calendar (Regulation 1182/71)",
        "plain": "plain days",
    },
    ZH: {
        "cn": "中国工作日历",
        "us-federal": "美国联邦工作日历",
        "eu": "欧盟日历（第1182/71号条例）",
        "plain": "自然日",
    },
}
CONFIDENCE = {
    EN: {"medium": "medium", "low": "low"},
    ZH: {"medium": "中", "low": "低"},
}
CATALOGUE: Mapping[str, Mapping[str, str]] = {
    EN: {
        "period": "Period: {length} {unit}.",
        "calendar": "Counted by the {calendar}, data version {version}, {reach}.",
        "start_not_counted": "{date}, the day of the event, is not counted{norm}.",
        "skipped": "{span} not counted: {name}.",
        "make_up_counted": "{span} counted although on a weekend: {name}.",
        "paused": "{span} not counted: the clock was stopped.",
        "month_end": "The month has no day of that number, so the period ends on its last day, {date}{norm}.",
        "reached": "The count ends on {date}.",
        "rolled": "{from} is a day of rest ({name}), so the last day moves to {to}{norm}.",
        "not_rolled": "{date} is a working day ({name}), so the last day does not move.",
        "minimum": "A period of two days or more must hold two working days, so the last day moves from {from} to {to}{norm}.",
        "provisional": "Provisional: no holiday notice for {year} is loaded (data reach to {last_year}); Monday to Friday was assumed. The date will be computed again when the notice is loaded.",
        "unconfirmed": "The list of holidays for {year} was not read at its source (confidence {confidence}): {source}.",
        "extended": "Extended by {length} {unit}.",
        "capped": "Cut back from {from} to {to}: never longer than {length} {unit}{norm}.",
        "ends": "The period ends on {date} at {cutoff} ({zone}); what arrives at that moment or later is too late.",
        "hours_run_from": "Hours run from {moment}.",
        "hours_paused": "The clock was stopped from {from} to {to} ({minutes} minutes).",
        "ends_at": "The period ends at {moment} ({zone}); what arrives at that moment or later is too late.",
    },
    ZH: {
        "period": "期间：{length}{unit}。",
        "calendar": "按{calendar}计算，数据版本{version}，{reach}。",
        "start_not_counted": "{date}为触发当日，不计入{norm}。",
        "skipped": "{span}不计入：{name}。",
        "make_up_counted": "{span}虽为周末，仍计入：{name}。",
        "paused": "{span}不计入：期间中止。",
        "month_end": "该月没有对应日，月末日{date}为期间最后一日{norm}。",
        "reached": "计算至{date}。",
        "rolled": "{from}为休息日（{name}），最后一日顺延至{to}{norm}。",
        "not_rolled": "{date}为工作日（{name}），最后一日不顺延。",
        "minimum": "两日以上的期间至少应含两个工作日，最后一日由{from}移至{to}{norm}。",
        "provisional": "暂定：尚未载入{year}年的放假安排通知（数据截至{last_year}年），暂按周一至周五计算；通知载入后将重新计算。",
        "unconfirmed": "{year}年的假日清单未经原始来源核对（可信度：{confidence}）：{source}。",
        "extended": "延长{length}{unit}。",
        "capped": "由{from}缩短至{to}：最长不超过{length}{unit}{norm}。",
        "ends": "期间于{date}{cutoff}（{zone}）届满；此刻及以后到达的均为逾期。",
        "hours_run_from": "自{moment}起算小时。",
        "hours_paused": "{from}至{to}期间中止（{minutes}分钟）。",
        "ends_at": "期间于{moment}（{zone}）届满；此刻及以后到达的均为逾期。",
    },
}


def explain(steps: Iterable[Step], language: str) -> list[str]:
    """One sentence a step, in order. `language` is en or zh-Hans (any case). Raises CalendarError."""
    tag = ZH if language.lower().startswith("zh") else language.lower()
    if tag not in CATALOGUE:
        raise CalendarError(f"Dates explain themselves in {EN} and {ZH}, not in {language!r}.")
    return [_sentence(step, tag) for step in steps]


def _sentence(step: Step, tag: str) -> str:
    pattern = CATALOGUE[tag].get(step.code)
    if pattern is None:
        raise CalendarError(f"No sentence for step {step.code!r}; add it to the catalogue.")
    words = {key: _word(key, value, tag) for key, value in step.values.items()}
    words["norm"] = _in_brackets(words.get("norm", ""), tag)
    if step.code == "calendar":
        words["reach"] = _reach(step.values["last_year"], tag)
    if "from" in words and "to" in words:
        words["span"] = _span(words["from"], words["to"], tag)
    return pattern.format(**words)


def _word(key: str, value: Value, tag: str) -> str:
    if isinstance(value, Mapping):
        return value.get(tag, "")
    if key == "unit":
        return UNITS[tag][str(value)]
    if key == "calendar":
        return CALENDARS[tag].get(str(value), str(value))
    if key == "confidence":
        return CONFIDENCE[tag][str(value)]
    if key in ("date", "from", "to", "moment"):
        return _when(str(value), tag)
    return str(value)


def _when(value: str, tag: str) -> str:
    if "T" in value:
        moment = datetime.fromisoformat(value)
        return f"{_when(moment.date().isoformat(), tag)} {moment:%H:%M}"
    day = date.fromisoformat(value)
    weekday = WEEKDAYS[tag][day.weekday()]
    if tag == ZH:
        return f"{day.year}年{day.month}月{day.day}日（{weekday}）"
    return f"{weekday} {day.day} {day:%b %Y}"


def _span(first: str, last: str, tag: str) -> str:
    if first == last:
        return first
    return f"{first}至{last}" if tag == ZH else f"{first} to {last}"


def _in_brackets(norm: str, tag: str) -> str:
    if not norm:
        return ""
    return f"（{norm}）" if tag == ZH else f" ({norm})"


def _reach(last_year: Value, tag: str) -> str:
    if not last_year:
        return "按法定规则推算，无年份限制" if tag == ZH else "by rule, for every year"
    return f"数据截至{last_year}年" if tag == ZH else f"data up to {last_year}"
