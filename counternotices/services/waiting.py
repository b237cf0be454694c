"""The waiting period: it begins on arrival, a timely suit stops it, and its end restores."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from common.actors import WORKER, Actor, staff
from common.errors import Conflict
from common.transactions import lock_case
from counternotices.errors import ArrivalOutOfOrder
from counternotices.models import CounterNotice, SuitProof
from counternotices.rules import WAIT
from counternotices.services import letters
from counternotices.services.lifecycle import advance_counter_notice, locate
from counternotices.services.release import release_measures
from counternotices.states import STOPPABLE, State
from deadlines.selectors import open_deadlines
from deadlines.services import stop
from evidence.ledger import append, case_chain
from evidence.models import SealedFile
from notices.access import require_role
from notices.services.clocks import start_clock
from notices.services.decisions import close_if_settled
from notices.services.lifecycle import Step
from notices.services.regimes import pack_of
from regimes.questions import waiting_clock
from users.models import User
from users.roles import CASEWORKERS


@dataclass(frozen=True)
class Proof:
    """What the right holder shows: which proceeding, before whom, under which number, and the paper."""

    kind: str
    body: str
    number: str
    file: SealedFile


@transaction.atomic
def arrive(id: UUID, *, delivered_at: datetime, now: datetime, actor: Actor = WORKER) -> None:
    """The forwarded statement reached the right holder at `delivered_at`; the period runs from then.

    Arrival is entry into the system the recipient designated (E-Signature Law art. 11). Raises
    ArrivalOutOfOrder for a moment before forwarding or in the future.
    """
    case_id, _regime_id = locate(id)
    lock_case(case_id)
    counter_notice = CounterNotice.objects.select_related("case_regime").get(id=id)
    forwarded_at = counter_notice.forwarded_at
    if forwarded_at is None or not forwarded_at <= delivered_at <= now:
        raise ArrivalOutOfOrder(_("Arrival cannot be before forwarding, nor in the future."))
    CounterNotice.objects.filter(id=id).update(arrived_at=delivered_at)
    advance_counter_notice(id, "arrive", Step(actor, now, effective_at=delivered_at))
    _start_wait(counter_notice, delivered_at=delivered_at, now=now, actor=actor)


def record_arrival(id: UUID, *, delivered_at: datetime, user: User, now: datetime) -> None:
    """As `arrive`, by a person who holds other proof of delivery, such as registered mail."""
    require_role(user, *CASEWORKERS)
    arrive(id, delivered_at=delivered_at, now=now, actor=staff(user.id))


@transaction.atomic
def file_suit_proof(id: UUID, proof: Proof, *, actor: Actor, now: datetime) -> SuitProof:
    """Take proof of suit or complaint. In time it stops the wait and measures stay; late it is kept and said so.

    In time means before the period's last day has ended in the pack's zone, whenever the sweep runs.
    """
    case_id, _regime_id = locate(id)
    lock_case(case_id)
    counter_notice = CounterNotice.objects.get(id=id)
    in_time = _in_time(counter_notice, now)
    stored = SuitProof.objects.create(
        counter_notice=counter_notice,
        kind=proof.kind,
        body=proof.body,
        number=proof.number,
        file=proof.file,
        filed_at=now,
        in_time=in_time,
    )
    facts = {
        "counter_notice": counter_notice.reference,
        "kind": proof.kind,
        "file": proof.file.sha256,
    }
    event = "suit_proof.filed" if in_time else "suit_proof.late"
    append(case_chain(case_id), event, actor=actor, at=now, facts=facts)
    if in_time:
        advance_counter_notice(id, "hold", Step(actor, now))
        stop(WAIT, id, at=now, actor=actor, reason="suit_proved")
    letters.suit_taken(counter_notice, in_time=in_time, now=now, actor=actor)
    return stored


def wait_is_over(id: UUID, *, due_at: datetime, now: datetime, actor: Actor) -> bool:
    """Nobody sued: every measure loses this ground, as of the moment the period ended; both are told.

    False when the counter-notice waits no longer.
    """
    counter_notice = CounterNotice.objects.select_related("case_regime").get(id=id)
    if counter_notice.state != State.WAITING:
        return False
    step = Step(actor, now, effective_at=due_at)
    regime = counter_notice.case_regime
    release_measures(regime, counter_notice.respondent_id, step)
    prevailed = advance_counter_notice(id, "prevail", step)
    CounterNotice.objects.filter(id=id).update(ended_at=due_at)
    letters.restored(prevailed, now=now, actor=actor)
    close_if_settled(regime.case_id, step)
    return True


def _start_wait(
    counter_notice: CounterNotice, *, delivered_at: datetime, now: datetime, actor: Actor
) -> None:
    regime = counter_notice.case_regime
    clock = waiting_clock(pack_of(regime))
    if clock is not None:
        start_clock(WAIT, clock, regime, counter_notice.id, at=delivered_at, now=now, actor=actor)


def _in_time(counter_notice: CounterNotice, now: datetime) -> bool:
    if counter_notice.state not in STOPPABLE:
        if counter_notice.state == State.PREVAILED:
            return False
        raise Conflict(_("No counter-notice is waiting for an answer of yours."))
    clock = open_deadlines(WAIT, counter_notice.id).first()
    return clock is None or now < clock.due_at
