"""Where the affected user stands, shown to themselves, and what they can say against a sanction of this case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from counternotices.services.wording import measure_words
from measures.models import Measure, SanctionAppeal
from measures.presenters.ladder import Ladder, ladder_of
from measures.selectors import measures_touching
from measures.standing_selectors import appeals_of, laws_of
from measures.states import APPEALABLE, AppealState
from notices.languages import tag
from notices.models import Case
from platforms.models import PlatformUser


@dataclass(frozen=True)
class Contested:
    """One appeal of theirs about this case, and the reasons it was answered with in their language."""

    row: SanctionAppeal
    sanction: str
    reasons: str


@dataclass(frozen=True)
class OwnLadder:
    """Their ladder, the sanctions of this case that they can appeal against, and their appeals about it."""

    case: Case
    ladder: Ladder
    appealable: list[tuple[Measure, str]]
    appeals: list[Contested]


def own_ladder(case: Case, person: PlatformUser, language: str, *, now: datetime) -> OwnLadder:
    """The page, in the active language; a fixed number of queries."""
    filed = [one for one in appeals_of(person.id) if one.case_id == case.id]
    open_ = {one.measure_id for one in filed if one.state == AppealState.FILED}
    return OwnLadder(
        case=case,
        ladder=ladder_of(person.id, laws_of(case), now=now),
        appealable=[
            (one, measure_words(one)) for one in _sanctions(case, person) if one.id not in open_
        ],
        appeals=[
            Contested(one, measure_words(one.measure), one.reasons.get(tag(language), ""))
            for one in filed
        ],
    )


def _sanctions(case: Case, person: PlatformUser) -> Sequence[Measure]:
    touching = measures_touching(case.id, person.id)
    return [one for one in touching if one.platform_user_id and one.state in APPEALABLE]
