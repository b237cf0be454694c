"""The platform's acknowledgement as rows a person can read: each thing it said, once."""

import json
from collections.abc import Mapping
from typing import Any, Final

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import is_aware, localtime
from django.utils.translation import pgettext_lazy

_LABELS: Final[Mapping[str, str | Promise]] = {
    "acknowledgement_id": pgettext_lazy("acknowledgement", "Acknowledgement"),
    "state": pgettext_lazy("acknowledgement", "State"),
    "applied_at": pgettext_lazy("acknowledgement", "Applied at"),
    "lifted_at": pgettext_lazy("acknowledgement", "Lifted at"),
    "before": pgettext_lazy("acknowledgement", "Before"),
    "after": pgettext_lazy("acknowledgement", "After"),
    "measure_id": pgettext_lazy("acknowledgement", "Measure"),
    "raw": pgettext_lazy("acknowledgement", "Answer as received"),
}
_MOMENTS: Final = frozenset({"applied_at", "lifted_at"})


def rows(acknowledgement: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    """What it says, label and value: what we read of it first, then what else the answer held.

    `raw` is the answer as text; where it is a JSON object its members are rows, otherwise it is one.
    """
    told = dict(acknowledgement or {})
    told = told | {key: value for key, value in _members(told).items() if key not in told}
    ordered = [
        *(key for key in _LABELS if key in told),
        *(key for key in told if key not in _LABELS),
    ]
    found = [(str(_LABELS.get(key, key)), _words(key, told[key])) for key in ordered]
    return [(label, words) for label, words in found if words]


def _members(told: dict[str, Any]) -> dict[str, Any]:
    """The members of the answer as received, which is taken out of `told` when it has any."""
    try:
        answer = json.loads(told.get("raw") or "{}")
    except (TypeError, ValueError, RecursionError):
        return {}
    if not isinstance(answer, dict):
        return {}
    told.pop("raw", None)
    return answer


def _words(key: str, value: object) -> str:
    if value in (None, "", [], {}):
        return ""
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False, indent=2)
    moment = _moment(value) if key in _MOMENTS else ""
    return moment or value


def _moment(value: str) -> str:
    try:
        moment = parse_datetime(value)
    except ValueError:
        return ""
    aware = moment is not None and is_aware(moment)
    return date_format(localtime(moment), "DATETIME_FORMAT") if aware else ""
