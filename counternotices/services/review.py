"""Review of a counter-notice, by another person than the one who decided the notice."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from common.actors import Actor, staff
from common.errors import Conflict
from common.transactions import lock_case
from counternotices.errors import DecidedByYou, NotAsked
from counternotices.models import CounterNotice
from counternotices.rules import ACCEPTED, REVIEW
from counternotices.services import letters
from counternotices.services.bars import bar
from counternotices.services.clocks import (
    pause_review,
    resume_review,
    start_from_receipt,
    stop_clocks,
    stop_from_receipt,
    wait_has_ended,
)
from counternotices.services.filing import keep_files
from counternotices.services.lifecycle import advance_counter_notice, locate
from counternotices.services.restoring import AT_ONCE, MERITS, NO_SUIT, restore
from counternotices.states import State
from deadlines.services import meet
from evidence.chain import Fact
from evidence.ledger import append, case_chain
from notices.access import require_role
from notices.errors import UnknownElement
from notices.services.lifecycle import Step
from notices.services.reasons import as_payload, require_reasons
from notices.services.regimes import pack_of
from regimes.questions import put_back_mode
from regimes.vocabulary import PutBackMode
from users.models import User
from users.roles import CASEWORKERS


@dataclass(frozen=True)
class Completion:
    """What was asked for: texts and ids of sealed files, by the pack's element."""

    answers: Mapping[str, str]
    files: Mapping[str, Sequence[UUID]]


def decided_on_merits(counter_notice: CounterNotice) -> bool:
    """Whether this law has us decide ourselves, with no waiting period (Regulation 2022/2065 art. 20)."""
    return put_back_mode(pack_of(counter_notice.case_regime)) is PutBackMode.REVERSE_ON_MERITS


@transaction.atomic
def accept(
    id: UUID, *, user: User, now: datetime, reasons: Mapping[str, str] | None = None
) -> CounterNotice:
    """The counter-notice holds: what follows is what the pack's put-back mode says.

    Forwarding carries the right-to-sue text (Civil Code 1196(2)). A law that has us decide on the merits
    wants a reasoned answer: `reasons` in both languages. Raises Forbidden, DecidedByYou, RedressError
    without these reasons, Conflict when it is not under review.
    """
    given = dict(reasons or {})
    counter_notice = _review(id, user, given, now)
    if decided_on_merits(counter_notice):
        require_reasons(given)
    if counter_notice.state != State.FILED:
        raise Conflict(_("This counter-notice is not waiting for a decision. Reload the page."))
    step = Step(staff(user.id), now)
    facts = {"counter_notice": counter_notice.reference}
    case_id = counter_notice.case_regime.case_id
    append(case_chain(case_id), ACCEPTED, actor=step.actor, at=now, facts=facts)
    meet(REVIEW, id, at=now, actor=step.actor)
    _AFTER[put_back_mode(pack_of(counter_notice.case_regime))](counter_notice, step)
    return CounterNotice.objects.get(id=id)


def _reverse(counter_notice: CounterNotice, step: Step) -> None:
    """Regulation 2022/2065 art. 20(4): reversed without undue delay, with a reasoned answer."""
    restore(counter_notice, step, MERITS)


def _restore_at_once(counter_notice: CounterNotice, step: Step) -> None:
    """Regulation 2013 art. 17: restored immediately, forwarded at the same time, not to be notified again."""
    _send(counter_notice, step)
    restore(CounterNotice.objects.get(id=counter_notice.id), step, AT_ONCE)
    bar(counter_notice, step)


def _forward_and_wait(counter_notice: CounterNotice, step: Step) -> None:
    """The right holder may sue until the period ends; where it has ended already, nothing is waited for."""
    advanced = _send(counter_notice, step)
    letters.forwarded(advanced, now=step.now, actor=step.actor)
    if wait_has_ended(advanced, step.now):
        restore(advanced, step, NO_SUIT)


def _refuse(counter_notice: CounterNotice, step: Step) -> None:
    raise Conflict(_("This procedure knows no counter-notice."))


_AFTER: Final[Mapping[PutBackMode, Callable[[CounterNotice, Step], None]]] = {
    PutBackMode.WAIT_THEN_END: _forward_and_wait,
    PutBackMode.WAIT_THEN_RESTORE_WINDOW: _forward_and_wait,
    PutBackMode.RESTORE_IMMEDIATELY_BAR_RENOTICE: _restore_at_once,
    PutBackMode.REVERSE_ON_MERITS: _reverse,
    PutBackMode.NONE: _refuse,
}


def _send(counter_notice: CounterNotice, step: Step) -> CounterNotice:
    letter = letters.to_right_holder(counter_notice, now=step.now, actor=step.actor)
    CounterNotice.objects.filter(id=counter_notice.id).update(
        forwarding=letter, forwarded_at=step.now
    )
    return advance_counter_notice(counter_notice.id, "forward", step)


@transaction.atomic
def reject(id: UUID, reasons: Mapping[str, str], *, user: User, now: datetime) -> CounterNotice:
    """Refuse, with reasons in both languages, what is no counter-notice in law. Raises DecidedByYou."""
    require_reasons(reasons)
    _review(id, user, reasons, now)
    step = Step(staff(user.id), now, payload=as_payload(reasons))
    advance_counter_notice(id, "reject", step)
    CounterNotice.objects.filter(id=id).update(ended_at=now)
    meet(REVIEW, id, at=now, actor=step.actor)
    rejected = CounterNotice.objects.select_related("case_regime").get(id=id)
    stop_clocks(rejected, now=now, actor=step.actor, reason="rejected")
    letters.rejected(rejected, now=now, actor=step.actor)
    return rejected


@transaction.atomic
def ask(id: UUID, elements: Sequence[str], *, user: User, now: datetime) -> CounterNotice:
    """Ask the affected user for exactly these elements of the pack. Raises UnknownElement."""
    counter_notice = _review(id, user, {}, now)
    known = {e.key for e in pack_of(counter_notice.case_regime).counter_elements}
    if not elements or not set(elements) <= known:
        raise UnknownElement(_("Choose at least one element of the counter-notice to ask for."))
    CounterNotice.objects.filter(id=id).update(asked_elements=list(elements))
    step = Step(staff(user.id), now, facts={"elements": list(elements)})
    asked = advance_counter_notice(id, "ask", step)
    pause_review(id, now=now, actor=step.actor)
    stop_from_receipt(asked, now=now, actor=step.actor)
    letters.incomplete(asked, now=now, actor=step.actor)
    return asked


@transaction.atomic
def complete(id: UUID, given: Completion, *, actor: Actor, now: datetime) -> CounterNotice:
    """Take what was missing; review goes on. Raises NotAsked for anything else, Conflict if nothing is."""
    case_id, _regime_id = locate(id)
    lock_case(case_id)
    counter_notice = CounterNotice.objects.get(id=id)
    if not {*given.answers, *given.files} <= set(counter_notice.asked_elements):
        raise NotAsked(_("Answer what was asked for. Reload the page: the question has changed."))
    hashes = keep_files(counter_notice, given.files, now)
    CounterNotice.objects.filter(id=id).update(
        answers={**counter_notice.answers, **given.answers}, asked_elements=[], received_at=now
    )
    payload = "\n".join(f"{key}: {text}" for key, text in given.answers.items()).encode()
    answered: list[Fact] = [*sorted({*given.answers, *given.files})]
    facts: dict[str, Fact] = {"elements": answered, "files": hashes}
    completed = advance_counter_notice(id, "complete", Step(actor, now, None, facts, payload))
    resume_review(id, now=now, actor=actor)
    start_from_receipt(completed, now=now, actor=actor)
    return completed


@transaction.atomic
def withdraw(id: UUID, *, actor: Actor, now: datetime) -> CounterNotice:
    """The affected user takes the counter-notice back; what waits for it stops."""
    withdrawn = advance_counter_notice(id, "withdraw", Step(actor, now))
    stop_clocks(withdrawn, now=now, actor=actor)
    CounterNotice.objects.filter(id=id).update(ended_at=now)
    return withdrawn


def _review(id: UUID, user: User, reasons: Mapping[str, str], now: datetime) -> CounterNotice:
    require_role(user, *CASEWORKERS)
    case_id, _regime_id = locate(id)
    lock_case(case_id)
    counter_notice = CounterNotice.objects.select_related("case_regime__case").get(id=id)
    if counter_notice.decision_by_id == user.id:
        raise DecidedByYou(
            _("You decided the notice. Another person must review the counter-notice.")
        )
    CounterNotice.objects.filter(id=id).update(
        reviewed_by=user, reviewed_at=now, review_reasons=dict(reasons)
    )
    return counter_notice
