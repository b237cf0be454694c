"""Notices of the State Council as an operator would load them: what 2027 might bring."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from deadlines.models import CalendarYear
from deadlines.services import loading

OPERATOR = uuid4()
NEW_YEAR = ("2027-01-01", "2027-01-03")


def notice(
    version: str = "2027.1",
    rest: Iterable[tuple[str, str]] = (NEW_YEAR,),
    make_up: Iterable[str] = (),
    year: int = 2027,
) -> str:
    """The TOML of a year with these days of rest and these make-up working days."""
    name = '{ en = "a holiday", zh-Hans = "假日" }'
    lines = [
        f"year = {year}",
        f'version = "{version}"',
        'confidence = "read"',
        f'source = {{ en = "Notice for {year}", zh-Hans = "{year}年通知" }}',
    ]
    for first, last in rest:
        lines += ["[[rest]]", f"from = {first}", f"to = {last}", f"name = {name}"]
    for day in make_up:
        lines += ["[[make_up]]", f"date = {day}", f"name = {name}"]
    return "\n".join(lines) + "\n"


def load(toml: str, now: datetime, calendar: str = "cn", by: UUID = OPERATOR) -> CalendarYear:
    """Checked and put in force."""
    return loading.load(loading.check(calendar, toml), user_id=by, now=now)
