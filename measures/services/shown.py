"""What tests have shown of a measure, in words that claim no more than that."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from measures.checks import TESTS
from measures.models import Measure, MeasureCheck
from measures.rules import Family
from measures.services.watching import GIVEN_BACK, TESTED
from measures.states import PROBED, MeasureState


class Shown(StrEnum):
    """How far the tests of a measure have come."""

    VERIFIED = "verified"
    PENDING = "pending"
    BROKEN = "broken"
    EXCUSED = "excused"
    UNTESTED = "untested"


TINTS: Final[Mapping[Shown, str]] = {
    Shown.VERIFIED: "success",
    Shown.PENDING: "waiting",
    Shown.BROKEN: "danger",
    Shown.EXCUSED: "hold",
    Shown.UNTESTED: "",
}


@dataclass(frozen=True)
class Verification:
    """`at` is the round of tests that showed it, or that first found it broken (UTC)."""

    shown: Shown
    lifted: bool
    at: datetime | None = None

    @property
    def tint(self) -> str:
        """The badge's class in tokens.css."""
        return TINTS[self.shown]

    @property
    def words(self) -> str:
        """In the active language; empty where there is nothing to test."""
        day = date_format(localtime(self.at), "DATETIME_FORMAT") if self.at else ""
        if self.shown == Shown.VERIFIED:
            return _("verified by test on %(day)s") % {"day": day}
        if self.shown == Shown.PENDING:
            return _("not verified by test yet")
        if self.shown == Shown.EXCUSED:
            return _("a test on %(day)s did not bear it out; a person looked at that") % {
                "day": day
            }
        if self.shown == Shown.BROKEN and self.lifted:
            return _("a test on %(day)s found that it was not given back") % {"day": day}
        if self.shown == Shown.BROKEN:
            return _("a test on %(day)s found that it does not hold") % {"day": day}
        return ""


def verification(measure: Measure) -> Verification:
    """Where a measure stands by its tests; a ticket by its probe suites."""
    lifted = measure.state in GIVEN_BACK
    if measure.family == Family.MODEL_OPTIMISATION:
        return _by_probes(measure)
    if measure.state not in TESTED or not TESTS[measure.family]:
        return Verification(Shown.UNTESTED, lifted)
    if measure.verified_at is not None:
        return Verification(Shown.VERIFIED, lifted, measure.verified_at)
    if measure.excused_at is not None:
        return Verification(Shown.EXCUSED, lifted, measure.found_broken_at)
    if measure.found_broken_at is not None:
        return Verification(Shown.BROKEN, lifted, measure.found_broken_at)
    return Verification(Shown.PENDING, lifted)


def _by_probes(measure: Measure) -> Verification:
    if measure.found_broken_at is not None and measure.state in PROBED:
        return Verification(Shown.BROKEN, False, measure.found_broken_at)
    if measure.state != MeasureState.DONE:
        return Verification(Shown.UNTESTED, False)
    if measure.verified_at is None:
        return Verification(Shown.PENDING, False)
    return Verification(Shown.VERIFIED, False, measure.verified_at)


_FACTS: Final[Mapping[str, str | Promise]] = {
    "state": pgettext_lazy("finding", "state"),
    "status": pgettext_lazy("finding", "HTTP status"),
    "same_bytes": pgettext_lazy("finding", "the sealed file itself"),
    "resolves": pgettext_lazy("finding", "leads to"),
    "sha256": "SHA-256",
    "standing": pgettext_lazy("finding", "standing"),
    "expected": pgettext_lazy("finding", "expected"),
    "asked": pgettext_lazy("finding", "terms asked"),
    "terms": pgettext_lazy("finding", "terms of the rule"),
    "wrong": pgettext_lazy("finding", "places of terms answered wrongly"),
    "live": pgettext_lazy("finding", "in force by our rows"),
    "version": pgettext_lazy("finding", "version of the rule"),
    "guard": pgettext_lazy("finding", "version at the guard"),
    "held": pgettext_lazy("finding", "held by another measure"),
    "gone": pgettext_lazy("finding", "no longer exists"),
    "why": pgettext_lazy("finding", "why"),
    "model": pgettext_lazy("finding", "model"),
    "build": pgettext_lazy("finding", "build"),
    "normal": pgettext_lazy("finding", "normal use"),
    "adversarial": pgettext_lazy("finding", "adversarial"),
    "run": pgettext_lazy("finding", "run"),
    "output": pgettext_lazy("finding", "output"),
}


@dataclass(frozen=True)
class Tested:
    """One test as a row: what, what came of it, and what was seen."""

    check: MeasureCheck
    seen: str

    @property
    def tint(self) -> str:
        """The badge's class in tokens.css."""
        return {"holds": "success", "broken": "danger"}.get(self.check.outcome, "waiting")


def tested(check: MeasureCheck) -> Tested:
    """What was seen, as short text in the active language: codes and hashes as they were."""
    return Tested(check, "; ".join(_fact(name, value) for name, value in check.facts.items()))


def _fact(name: str, value: Any) -> str:
    told = {True: _("yes"), False: _("no"), None: "–"}.get(value) if _plain(value) else None
    if isinstance(value, list):
        told = ", ".join(str(one) for one in value) or "–"
    return f"{_FACTS.get(name, name)}: {value if told is None else told}"


def _plain(value: Any) -> bool:
    return value is None or isinstance(value, bool)
