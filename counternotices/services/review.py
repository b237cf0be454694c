"""Review of a counter-notice, by another person than the one who decided the notice."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from common.actors import Actor, staff
from common.errors import RedressError
from common.transactions import lock_case
from counternotices.errors import DecidedByYou
from counternotices.models import CounterNotice
from counternotices.rules import REVIEW
from counternotices.services import letters
from counternotices.services.clocks import pause_review, resume_review, stop_clocks
from counternotices.services.lifecycle import advance_counter_notice, locate
from deadlines.services import meet
from notices.access import require_role
from notices.errors import UnknownElement
from notices.services.lifecycle import Step
from notices.services.regimes import pack_of
from users.models import User
from users.roles import CASEWORKERS


@transaction.atomic
def accept_and_forward(id: UUID, *, user: User, now: datetime) -> CounterNotice:
    """Forward the statement with the right-to-sue text (Civil Code 1196(2)). Raises DecidedByYou."""
    counter_notice = _review(id, user, {}, now)
    step = Step(staff(user.id), now)
    letter = letters.to_right_holder(counter_notice, now=now, actor=step.actor)
    CounterNotice.objects.filter(id=id).update(forwarding=letter, forwarded_at=now)
    advanced = advance_counter_notice(id, "forward", step)
    meet(REVIEW, id, at=now, actor=step.actor)
    letters.forwarded(advanced, now=now, actor=step.actor)
    return advanced


@transaction.atomic
def reject(id: UUID, reasons: Mapping[str, str], *, user: User, now: datetime) -> CounterNotice:
    """Refuse, with reasons in both languages, what is no counter-notice in law. Raises DecidedByYou."""
    if not all(reasons.get(language, "").strip() for language in ("en", "zh-Hans")):
        raise RedressError(_("Give reasons in English and in Chinese."))
    _review(id, user, reasons, now)
    step = Step(staff(user.id), now, payload="\n".join(reasons.values()).encode())
    rejected = advance_counter_notice(id, "reject", step)
    CounterNotice.objects.filter(id=id).update(ended_at=now)
    meet(REVIEW, id, at=now, actor=step.actor)
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
    letters.incomplete(asked, now=now, actor=step.actor)
    return asked


@transaction.atomic
def complete(id: UUID, answers: Mapping[str, str], *, actor: Actor, now: datetime) -> CounterNotice:
    """Take what was missing; review goes on."""
    case_id, _regime_id = locate(id)
    lock_case(case_id)
    counter_notice = CounterNotice.objects.get(id=id)
    CounterNotice.objects.filter(id=id).update(
        answers={**counter_notice.answers, **answers}, asked_elements=[]
    )
    payload = "\n".join(f"{key}: {text}" for key, text in answers.items()).encode()
    step = Step(actor, now, facts={"elements": sorted(answers)}, payload=payload)
    completed = advance_counter_notice(id, "complete", step)
    resume_review(id, now=now, actor=actor)
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
