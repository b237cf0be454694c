"""Two laws side by side, each in the words of its pack, with its sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from measures.conflict_selectors import conflicts_of_case
from measures.models import RegimeConflict
from notices.models import CaseRegime
from notices.services.regimes import pack_of
from notices.states import RegimeState
from regimes.pack import Pack
from regimes.vocabulary import PutBackMode
from regimes.words import Sources, Text

RULES: Final[Mapping[PutBackMode, Promise]] = {
    PutBackMode.WAIT_THEN_END: _(
        "After a counter-notice the right holder has a period to sue or complain; if none is shown, "
        "the measures end."
    ),
    PutBackMode.RESTORE_IMMEDIATELY_BAR_RENOTICE: _(
        "On the user's statement the content is restored at once, and the right holder may not "
        "notify the same item again."
    ),
    PutBackMode.WAIT_THEN_RESTORE_WINDOW: _(
        "After a counter-notice the content is put back within a window of days, unless a suit is shown."
    ),
    PutBackMode.REVERSE_ON_MERITS: _(
        "The measures end when a person finds the user's complaint justified, and stay when it is not."
    ),
    PutBackMode.NONE: _("This law has no procedure for putting back."),
}


@dataclass(frozen=True)
class Rule:
    """One of the two laws: what it says of putting back, where that stands, and how the case stands under it."""

    title: Text
    summary: Text
    rule: str | Promise
    told: Text
    sources: Sources
    version: str
    standing: str


@dataclass(frozen=True)
class Conflict:
    """One conflict as the case page draws it."""

    row: RegimeConflict
    releases: Rule
    holds: Rule


def of_case(case_id: UUID) -> list[Conflict]:
    """Every conflict of a case, the open ones first, in a fixed number of queries."""
    rows = sorted(conflicts_of_case(case_id), key=lambda row: row.closed_at is not None)
    return [present(row) for row in rows]


def present(row: RegimeConflict) -> Conflict:
    """One conflict with both laws."""
    return Conflict(row, _rule(row.releases), _rule(row.holds))


def _rule(regime: CaseRegime) -> Rule:
    pack: Pack = pack_of(regime)
    return Rule(
        title=pack.title,
        summary=pack.summary,
        rule=RULES[pack.put_back_mode],
        told=pack.right_to_sue_text,
        sources=pack.put_back_source,
        version=f"{pack.id} {pack.version}",
        standing=str(RegimeState(regime.state).label),
    )
