"""How proceedings ended that held a counter-notice: recorded from the paper, by a person."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from common.actors import staff
from common.errors import Conflict
from common.transactions import lock_case
from counternotices.errors import PaperOutOfOrder
from counternotices.models import CounterNotice, ProceedingsEnd
from counternotices.services.awards import Sums, award_of
from counternotices.services.letters_court import MEASURES_END, proceedings_ended
from counternotices.services.lifecycle import advance_counter_notice, locate
from counternotices.services.restoring import PROCEEDINGS, restore
from counternotices.states import State
from evidence.ledger import append, case_chain
from evidence.models import SealedFile
from notices.access import require_role
from notices.services.lifecycle import Step
from users.models import User
from users.roles import CASEWORKERS


@dataclass(frozen=True)
class Ending:
    """What the paper of the court or authority shows; `effective_at` from when it counts (UTC).

    `sums`: what it says of money and of dismissed claims, if it does.
    """

    outcome: str
    body: str
    number: str
    file: SealedFile
    effective_at: datetime
    sums: Sums = field(default_factory=Sums)


@transaction.atomic
def end_proceedings(id: UUID, ending: Ending, *, user: User, now: datetime) -> ProceedingsEnd:
    """Record how the proceedings ended: against the right holder the measures end, for them they stay for good.

    A court's own order about the measures is not touched: it ends when the court lifts it. Both sides are
    told. Raises Forbidden, Conflict when no proceedings are held, PaperOutOfOrder for a moment before
    the counter-notice or in the future, and RedressError for sums that cannot be.
    """
    require_role(user, *CASEWORKERS)
    case_id, _regime_id = locate(id)
    lock_case(case_id)
    counter_notice = CounterNotice.objects.select_related("case_regime").get(id=id)
    if counter_notice.state != State.HELD:
        raise Conflict(_("No proceedings are on record that could have ended. Reload the page."))
    if not counter_notice.filed_at <= ending.effective_at <= now:
        raise PaperOutOfOrder(
            _("The proceedings ended after the counter-notice was filed, and not in the future."),
            fields={
                "effective_at": _("Give a moment after the counter-notice, and not in the future.")
            },
        )
    return _record(counter_notice, ending, user, now)


def _record(
    counter_notice: CounterNotice, ending: Ending, user: User, now: datetime
) -> ProceedingsEnd:
    actor = staff(user.id)
    stored = ProceedingsEnd.objects.create(
        counter_notice=counter_notice,
        outcome=ending.outcome,
        body=ending.body,
        number=ending.number,
        file=ending.file,
        effective_at=ending.effective_at,
        recorded_by=user,
        recorded_at=now,
    )
    facts = {
        "counter_notice": counter_notice.reference,
        "outcome": ending.outcome,
        "file": ending.file.sha256,
        "effective_at": ending.effective_at.isoformat(),
    }
    chain = case_chain(counter_notice.case_regime.case_id)
    append(chain, "proceedings.ended", actor=actor, at=now, facts=facts)
    if not ending.sums.empty:
        award_of(stored, ending.sums)
    step = Step(actor, now, effective_at=ending.effective_at)
    proceedings_ended(stored, now=now, actor=actor)
    if ending.outcome in MEASURES_END:
        restore(counter_notice, step, PROCEEDINGS)
    else:
        advance_counter_notice(counter_notice.id, "confirm", step)
        CounterNotice.objects.filter(id=counter_notice.id).update(ended_at=ending.effective_at)
    return stored
