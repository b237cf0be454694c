"""The waiting period: it begins on receipt or arrival, a timely suit stops it, and its end restores."""

from dataclasses import dataclass
from datetime import datetime
from unicodedata import normalize
from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from common.actors import WORKER, Actor, staff
from common.errors import Conflict
from common.transactions import lock_case, require_transaction
from counternotices.errors import AlreadyProved, ArrivalOutOfOrder
from counternotices.models import CounterNotice, SuitProof
from counternotices.rules import WAIT
from counternotices.selectors import proofs_of
from counternotices.services import letters
from counternotices.services.clocks import start_from_arrival, stop_clocks
from counternotices.services.lifecycle import advance_counter_notice, locate
from counternotices.services.putting_back import still_to_lift
from counternotices.services.restoring import NO_SUIT, own_items, restore
from counternotices.states import STOPPABLE, State
from deadlines.selectors import open_deadlines
from evidence.ledger import append, case_chain
from evidence.models import SealedFile
from measures.services.freezing import call_back
from notices.access import require_role
from notices.models import Case
from notices.services.lifecycle import Step, advance
from notices.services.regimes import pack_of
from notices.states import CaseState
from notifications.services import record_arrival as record_message
from regimes.questions import waits_from_receipt
from users.models import User
from users.roles import CASEWORKERS


@dataclass(frozen=True)
class Proof:
    """What the right holder shows: which proceeding, before whom, under which number, and the paper."""

    kind: str
    body: str
    number: str
    file: SealedFile


@dataclass(frozen=True)
class Arrival:
    """When a forwarded statement reached the right holder (UTC), and how that is known."""

    at: datetime
    proof: str


@transaction.atomic
def take_arrival(id: UUID, *, now: datetime) -> bool:
    """Start the waiting period if the forwarded letter was delivered; whether this call did it."""
    case_id, _regime_id = locate(id)
    lock_case(case_id)
    found = CounterNotice.objects.select_related("forwarding").get(id=id)
    delivered_at = found.forwarding.delivered_at if found.forwarding else None
    if found.state != State.FORWARDED or delivered_at is None:
        return False
    _arrive(found, delivered_at, Step(WORKER, now, effective_at=delivered_at))
    return True


@transaction.atomic
def record_arrival(id: UUID, arrival: Arrival, *, user: User, now: datetime) -> None:
    """As `take_arrival`, by a person who holds other proof of delivery, such as registered mail.

    Raises Forbidden, Conflict when no statement is on its way, and ArrivalOutOfOrder for a moment
    before forwarding or in the future, or without a word on how it is known.
    """
    require_role(user, *CASEWORKERS)
    case_id, _regime_id = locate(id)
    lock_case(case_id)
    found = CounterNotice.objects.select_related("forwarding").get(id=id)
    if found.state != State.FORWARDED:
        raise Conflict(_("No statement is on its way: it has not been forwarded, or it arrived."))
    _check_order(found, arrival, now)
    actor = staff(user.id)
    if found.forwarding and found.forwarding.delivered_at is None:
        record_message(found.forwarding.id, arrival.at, arrival.proof, actor, now=now)
    payload = arrival.proof.strip().encode()
    step = Step(actor, now, effective_at=arrival.at, facts={"by_hand": True}, payload=payload)
    _arrive(found, arrival.at, step)


@transaction.atomic
def file_suit_proof(id: UUID, proof: Proof, *, actor: Actor, now: datetime) -> SuitProof:
    """Take proof of suit or complaint. In time it stops the wait and measures stay; late it is kept and said so.

    In time means before the period's last day has ended in the pack's zone, whenever the sweep runs; where
    the law counts to the put-back (17 USC 512(g)(2)(C)), before everything is back at the platform: what is
    not back yet then stays. The same paper and the same proceedings count once: raises AlreadyProved for a
    repeat, with nothing written and nobody told again. Raises Conflict when no proof is taken any more.
    """
    case_id, _regime_id = locate(id)
    lock_case(case_id)
    counter_notice = CounterNotice.objects.select_related("case_regime").get(id=id)
    _check_new(counter_notice, proof)
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
        _hold(counter_notice, Step(actor, now))
    letters.suit_taken(counter_notice, in_time=in_time, now=now, actor=actor)
    return stored


def wait_is_over(id: UUID, *, due_at: datetime, now: datetime, actor: Actor) -> bool:
    """Nobody sued: every measure loses this ground, as of the moment the period ended; both are told.

    A period that runs from the receipt ends so whether or not the forwarded letter has arrived. False when
    the counter-notice waits no longer, or was not reviewed yet. Called by the sweep, which holds the case.
    """
    require_transaction()
    counter_notice = CounterNotice.objects.select_related("case_regime").get(id=id)
    if counter_notice.state not in STOPPABLE:
        return False
    restore(counter_notice, Step(actor, now, effective_at=due_at), NO_SUIT)
    return True


def _arrive(counter_notice: CounterNotice, delivered_at: datetime, step: Step) -> None:
    """Arrival is entry into the system the recipient designated (E-Signature Law art. 11)."""
    CounterNotice.objects.filter(id=counter_notice.id).update(arrived_at=delivered_at)
    advance_counter_notice(counter_notice.id, "arrive", step)
    start_from_arrival(counter_notice, delivered_at, now=step.now, actor=step.actor)


def _hold(counter_notice: CounterNotice, step: Step) -> None:
    """The measures stay; a put-back that is not done yet is called back."""
    regime = counter_notice.case_regime
    if counter_notice.state == State.PREVAILED:
        if Case.objects.get(id=regime.case_id).state == CaseState.CLOSED:
            advance(regime.case_id, "reopen", step)
        person_id = counter_notice.respondent_id
        call_back(regime, own_items(regime, person_id), person_id, step)
        CounterNotice.objects.filter(id=counter_notice.id).update(ended_at=None)
    advance_counter_notice(counter_notice.id, "hold", step)
    stop_clocks(counter_notice, now=step.now, actor=step.actor, reason="suit_proved")


def _check_order(counter_notice: CounterNotice, arrival: Arrival, now: datetime) -> None:
    forwarded_at = counter_notice.forwarded_at
    if forwarded_at is None or not forwarded_at <= arrival.at <= now:
        raise ArrivalOutOfOrder(
            _("Arrival cannot be before forwarding, nor in the future."),
            fields={"at": _("Give a moment between the forwarding and now.")},
        )
    if not arrival.proof.strip():
        raise ArrivalOutOfOrder(
            _("Say how the arrival is known, for example the postal number."),
            fields={"proof": _("Say how the arrival is known.")},
        )


def _check_new(counter_notice: CounterNotice, proof: Proof) -> None:
    """Without a number only the paper tells proceedings apart: another paper is then another proof."""
    for known in proofs_of(counter_notice):
        same_paper = known.file.sha256 == proof.file.sha256
        if same_paper or (proof.number.strip() and _proceedings(known) == _proceedings(proof)):
            raise AlreadyProved(
                _(
                    "This proof has been on record since %(at)s. You need not send it again; "
                    "nothing was changed and nobody was written to."
                )
                % {"at": date_format(localtime(known.filed_at), "DATETIME_FORMAT")}
            )


def _proceedings(proof: Proof | SuitProof) -> tuple[str, ...]:
    """What names the proceedings, however its spaces, case and brackets were typed."""
    texts = (proof.kind, proof.body, proof.number)
    return tuple("".join(normalize("NFKC", text).casefold().split()) for text in texts)


def _in_time(counter_notice: CounterNotice, now: datetime) -> bool:
    until_back = waits_from_receipt(pack_of(counter_notice.case_regime))
    if counter_notice.state == State.PREVAILED:
        return until_back and still_to_lift(counter_notice)
    if counter_notice.state not in STOPPABLE:
        raise Conflict(_("No counter-notice is waiting for an answer of yours."))
    clock = open_deadlines(WAIT, counter_notice.id).first()
    return clock is None or until_back or now < clock.due_at
