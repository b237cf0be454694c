"""What a counter-notice that prevails gives back."""

from uuid import UUID

from counternotices.models import CounterNotice
from counternotices.services import conflict_letters, letters
from counternotices.services.lifecycle import advance_counter_notice
from measures.conflict_selectors import conflicts_about
from measures.selectors import live_grounds
from measures.services.grounds import end_grounds
from measures.states import EndReason
from notices.models import CaseRegime, ClaimedItem
from notices.services.decisions import close_if_settled
from notices.services.lifecycle import Step


def restore(counter_notice: CounterNotice, step: Step) -> None:
    """Every measure on this person loses the ground of this regime; both sides are told.

    Where another law of the case still holds a measure, they are told that a person decides instead.
    The case closes once each of its regimes has settled. `step.effective_at` is the legal moment.
    """
    regime = counter_notice.case_regime
    on_merits = counter_notice.arrived_at is None
    _release(regime, counter_notice.respondent_id, step)
    prevailed = advance_counter_notice(counter_notice.id, "prevail", step)
    ended_at = step.effective_at or step.now
    CounterNotice.objects.filter(id=counter_notice.id).update(ended_at=ended_at)
    person = counter_notice.respondent
    conflicts = list(conflicts_about(regime, person.id))
    if conflicts:
        conflict_letters.opened(conflicts, person, now=step.now, actor=step.actor)
    else:
        letters.restored(prevailed, on_merits=on_merits, now=step.now, actor=step.actor)
    close_if_settled(regime.case_id, step)


def _release(regime: CaseRegime, person_id: UUID, step: Step) -> None:
    """End every ground that rests on this person's items under this regime.

    What rests on the case as a whole, such as a block of terms, goes with the last item's ground.
    """
    own = ClaimedItem.objects.filter(
        notice__case_id=regime.case_id, artefact__owner_id=person_id
    ).values_list("id", flat=True)
    end_grounds(regime, EndReason.RESTORED, step, items=list(own))
    if not live_grounds(regime.id).filter(item__isnull=False).exists():
        end_grounds(regime, EndReason.RESTORED, step)
