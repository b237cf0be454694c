"""What a counter-notice that prevails gives back."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from counternotices.models import CounterNotice
from counternotices.rules import WAIT
from counternotices.services import conflict_letters, letters
from counternotices.services.clocks import start_put_back
from counternotices.services.lifecycle import advance_counter_notice
from deadlines.services import stop
from measures.conflict_selectors import conflicts_about
from measures.models import Measure
from measures.selectors import live_grounds
from measures.services.grounds import end_grounds
from measures.states import EndReason
from notices.models import CaseRegime, ClaimedItem
from notices.services.decisions import close_if_settled
from notices.services.lifecycle import Step
from platforms.models import Artefact, PlatformUser

# Why the measures end, as letters and pages tell it.
NO_SUIT: Final = "no_suit"
MERITS: Final = "merits"
AT_ONCE: Final = "at_once"
PROCEEDINGS: Final = "proceedings"


def restore(counter_notice: CounterNotice, step: Step, why: str) -> None:
    """Every measure on this person loses the ground of this regime; both sides are told.

    Where another law of the case still holds a measure, they are told that a person decides instead.
    The case closes once each of its regimes has settled. `step.effective_at` is the legal moment; from
    it runs the time by which everything has to be back at the platform, if the law gives one.
    """
    regime = counter_notice.case_regime
    released = _release(regime, counter_notice.respondent_id, step)
    prevailed = advance_counter_notice(counter_notice.id, "prevail", step)
    ended_at = step.effective_at or step.now
    CounterNotice.objects.filter(id=counter_notice.id).update(ended_at=ended_at)
    stop(WAIT, counter_notice.id, at=step.now, actor=step.actor, reason="prevailed")
    start_put_back(counter_notice, ended_at, now=step.now, actor=step.actor)
    person = counter_notice.respondent
    conflicts = list(conflicts_about(regime, person.id))
    if conflicts:
        conflict_letters.opened(conflicts, person, now=step.now, actor=step.actor)
    else:
        letters.restored(prevailed, why, now=step.now, actor=step.actor)
    for other in _others(released, person):
        letters.given_back_with(prevailed, other, now=step.now, actor=step.actor)
    close_if_settled(regime.case_id, step)


def own_items(regime: CaseRegime, person_id: UUID) -> list[UUID]:
    """The claimed items of a case that belong to this person."""
    own: Iterable[UUID] = ClaimedItem.objects.filter(
        notice__case_id=regime.case_id, artefact__owner_id=person_id
    ).values_list("id", flat=True)
    return list(own)


def _others(released: Iterable[Measure], person: PlatformUser) -> list[PlatformUser]:
    """Whose things go back because what they were made from does."""
    owned = {one.artefact_id for one in released if one.artefact_id}
    owners = PlatformUser.objects.filter(
        id__in=Artefact.objects.filter(id__in=owned).exclude(owner=None).values("owner")
    )
    return list(owners.exclude(id=person.id).order_by("external_id"))


def _release(regime: CaseRegime, person_id: UUID, step: Step) -> list[Measure]:
    """End every ground under this regime that rests on this person's items, or holds what is theirs.

    What is theirs may stand on another one's item, which it was made from. What rests on the case as a whole,
    such as a block of terms, goes with the last item's ground. Returns the measures that nothing holds any more.
    """
    released = end_grounds(regime, EndReason.RESTORED, step, items=own_items(regime, person_id))
    held = live_grounds(regime.id).filter(measure__artefact__owner_id=person_id)
    theirs = list(held.values_list("measure_id", flat=True))
    released += end_grounds(regime, EndReason.RESTORED, step, measures=theirs)
    if not live_grounds(regime.id).filter(item__isnull=False).exists():
        released += end_grounds(regime, EndReason.RESTORED, step)
    return released
