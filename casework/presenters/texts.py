"""Texts that users are shown, as the desk shows them: where each stands, and how often it was seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from screening.display_rules import parts, withheld
from screening.display_selectors import (
    APPROVERS,
    Displays,
    by_day,
    displays,
    shown_now,
    versions_of,
)
from screening.models import DisplayText
from screening.states import KIND_SENTENCES, STATE_NAMES, TextKind, TextState
from users.models import User
from users.roles import Role

DAYS: Final = 14
_WHY_ENDED: Final = {
    "by_hand": _("A person ended it."),
    "case_withdrawn": _("The notice behind it was withdrawn."),
    "case_restored": _("The case behind it was restored."),
}


@dataclass(frozen=True)
class TextLine:
    """One version: its state in words and how that looks, and how often it was shown. `now` is the number of
    the version of the same text that users see."""

    text: DisplayText
    state: Promise
    look: str
    displays: Displays
    now: int | None


@dataclass(frozen=True)
class TextPage:
    """One version with its siblings. `written` is cut where names are withheld, by language."""

    line: TextLine
    about: Promise
    written: list[tuple[str, list[tuple[str, bool]]]]
    withholds: bool
    versions: list[TextLine]
    days: list[tuple[date, int]]
    why_ended: Promise | str
    may_decide: bool
    may_refuse: bool
    may_write: bool
    may_end: bool


@dataclass(frozen=True)
class _Family:
    """Versions of some texts, all of each, with what was seen of them and which are shown now."""

    versions: Sequence[DisplayText]
    now: datetime
    seen: Mapping[UUID, Displays]
    shown: set[UUID]

    @classmethod
    def of(cls, versions: Sequence[DisplayText], now: datetime) -> "_Family":
        return cls(versions, now, displays(one.id for one in versions), shown_now(versions, now))

    def line(self, text: DisplayText) -> TextLine:
        told = [one.number for one in self.versions if self._is_shown(one, text.series)]
        name, look = self._state(text)
        seen = self.seen.get(text.id, Displays())
        return TextLine(text, name, look, seen, told[0] if told else None)

    def _is_shown(self, one: DisplayText, series: UUID) -> bool:
        return one.series == series and one.id in self.shown

    def _state(self, text: DisplayText) -> tuple[Promise, str]:
        if text.id in self.shown:
            return pgettext_lazy("shown text", "Shown now"), "success"
        if text.state != TextState.STANDING:
            look = "waiting" if text.state == TextState.PROPOSED else ""
            return STATE_NAMES[TextState(text.state)], look
        if text.in_force_from > self.now:
            return pgettext_lazy("shown text", "Not yet shown"), "info"
        if text.in_force_until is not None and text.in_force_until <= self.now:
            return pgettext_lazy("shown text", "Ran out"), ""
        return pgettext_lazy("shown text", "Replaced"), ""


def lines(newest: Sequence[DisplayText], now: datetime) -> list[TextLine]:
    """A line for each text, by its newest version. Two queries, however many there are."""
    family = _Family.of(list(versions_of(one.series for one in newest)), now)
    return [family.line(one) for one in newest]


def case_lines(versions: Sequence[DisplayText], now: datetime) -> list[TextLine]:
    """A line for each of a case's versions. One query, and none without a version."""
    if not versions:
        return []
    family = _Family.of(versions, now)
    return [family.line(one) for one in versions]


def page(text: DisplayText, user: User, now: datetime) -> TextPage:
    """The page of one version."""
    family = _Family.of(list(versions_of([text.series])), now)
    waiting = any(one.state == TextState.PROPOSED for one in family.versions)
    proposed = text.state == TextState.PROPOSED
    approver, legal = user.has_role(*APPROVERS), user.has_role(Role.LEGAL)
    return TextPage(
        line=family.line(text),
        about=KIND_SENTENCES[TextKind(text.kind)],
        written=[(tag, parts(text.written[tag])) for tag in ("en", "zh-Hans")],
        withholds=bool(withheld(text.written)),
        versions=[family.line(one) for one in reversed(family.versions)],
        days=by_day([one.id for one in family.versions], now, DAYS),
        why_ended=_WHY_ENDED.get(text.ended_reason, text.ended_reason),
        may_decide=proposed and approver and text.written_by_id != user.id,
        may_refuse=proposed and approver,
        may_write=legal and not waiting,
        may_end=legal and text.state == TextState.STANDING,
    )
