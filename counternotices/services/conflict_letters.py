"""Telling both sides that two laws disagree about the measures, and what a person decided."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from common.actors import Actor
from counternotices.services.letters import to_respondent
from measures.conflict_selectors import people_in
from measures.models import RegimeConflict
from measures.states import ConflictDecision
from notices.languages import tag
from notices.models import Notice
from notices.services.letters import to_filer
from notices.services.regimes import pack_of
from platforms.models import PlatformUser

_DECIDED: Final = {
    ConflictDecision.KEEP.value: "conflict_kept",
    ConflictDecision.RESTORE.value: "conflict_restored",
}


def opened(
    conflicts: Iterable[RegimeConflict], person: PlatformUser, *, now: datetime, actor: Actor
) -> None:
    """Tell both sides, for each pair of laws: nothing ends before a person has decided."""
    for conflict in conflicts:
        _to_all("conflict_opened", conflict, [person], now=now, actor=actor)


def decided(conflict: RegimeConflict, *, now: datetime, actor: Actor) -> None:
    """Tell everybody concerned what was decided, and why, each in their language."""
    _to_all(_DECIDED[conflict.decision], conflict, people_in(conflict), now=now, actor=actor)


def _to_all(
    template: str,
    conflict: RegimeConflict,
    people: Iterable[PlatformUser],
    *,
    now: datetime,
    actor: Actor,
) -> None:
    case = conflict.case
    language = Notice.objects.values_list("language", flat=True).get(case=case)
    to_filer(template, case, _context(conflict, language), now=now, actor=actor)
    for person in people:
        context = _context(conflict, tag(person.language))
        to_respondent(template, case, person, context, now=now, actor=actor)


def _context(conflict: RegimeConflict, language: str) -> dict[str, object]:
    return {
        "releases": pack_of(conflict.releases).title.in_language(language),
        "holds": pack_of(conflict.holds).title.in_language(language),
        "reasons": conflict.reasons.get(tag(language), ""),
    }
