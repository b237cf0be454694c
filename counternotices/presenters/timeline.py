"""The affected user's side of the case's one timeline."""

from collections.abc import Collection
from typing import Any, Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from counternotices.presenters.standing import HAPPENINGS
from notices.presenters.timeline import Happening, Side, for_side

SENTENCES: Final[dict[str, str | Promise]] = {
    "notice.filed": _("A notice about your content was filed"),
    "notice.received_by_staff": _("A notice about your content was received"),
    "case.review_started": _("A person began to examine it"),
    "notice.accepted": _("The notice was accepted, in whole or in part"),
    "notice.forwarded": _("The notice and the reasons were sent to you"),
    "notice.withdrawn": _("The filer took the notice back"),
    "regime_conflict.opened": _("Two laws disagree about the measures; a person decides"),
    "regime_conflict.decided": _(
        "A person decided between the two laws; the reasons were sent to you"
    ),
    "regime_conflict.closed": _("The law that still held the measures let go"),
    "case.closed": _("The case was closed"),
    **HAPPENINGS,
    "counter_notice.prevailed": _("Under the law concerned the measures end"),
}
COUNTED: Final[dict[str, str | Promise]] = {
    "measure.applied": _("Measures on you acknowledged as carried out: %(count)d"),
    "measure.verified": _("Measures on you shown by test to hold: %(count)d"),
    "measure.check_failed": _("Measures on you found by test not to hold: %(count)d"),
    "measure.held_again": _("Measures on you shown by a later test to hold: %(count)d"),
    "measure.lifted": _("Measures on you acknowledged as lifted: %(count)d"),
    "measure.lift_verified": _("Measures on you shown by test to be lifted: %(count)d"),
    "measure.lift_check_failed": _("Measures on you found by test not to be lifted: %(count)d"),
}


def for_respondent(
    case_id: UUID, person_id: UUID, *, references: Collection[str], measures: Collection[str]
) -> list[Happening]:
    """What this person is told: of their own counter-notices (`references`) and of the measures that
    touch them (ids), and nothing that concerns another user of the case."""
    me = str(person_id)

    def concerns(facts: Any) -> bool:
        if "respondent" in facts:
            return bool(facts["respondent"] == me)
        if "counter_notice" in facts:
            return facts["counter_notice"] in references
        if "measure" in facts:
            return facts["measure"] in measures
        if "measures" in facts:
            return not set(measures).isdisjoint(facts["measures"])
        return True

    return for_side(case_id, Side(SENTENCES, COUNTED, concerns))
