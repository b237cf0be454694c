"""A user's appeal against a sanction alone: filed by them, answered by somebody who had no part in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from common.actors import SWEEP, Actor, staff
from common.errors import Conflict, NotFound, RedressError
from common.transactions import lock_case
from deadlines.services import Period, Subject, meet, start, stop
from evidence.ledger import append, case_chain
from measures.errors import OwnDecision
from measures.models import Measure, MeasureGround, SanctionAppeal
from measures.rules import APPEAL, Family
from measures.services import appeal_letters
from measures.services.approval import involved
from measures.services.grounds import end_all
from measures.services.house_clocks import appeal_clock
from measures.services.lifecycle import hold
from measures.services.terms import agreed_by
from measures.states import APPEALABLE, ENDED, AppealState, EndReason, MeasureState
from notices.access import require_role
from notices.models import Case
from notices.services.lifecycle import Step
from notices.services.numbering import next_reference
from notices.services.reasons import as_payload, require_reasons
from notices.services.regimes import pack_of
from platforms.models import PlatformUser
from users.models import User
from users.roles import CASEWORKERS

LONGEST: Final = 20_000
BATCH: Final = 100


@dataclass(frozen=True)
class Wish:
    """What a user says against a sanction of theirs, in which language (a tag), on the page of which case."""

    case: Case
    person: PlatformUser
    grounds: str
    language: str


@transaction.atomic
def file_appeal(measure_id: UUID, wish: Wish, *, actor: Actor, now: datetime) -> SanctionAppeal:
    """Take the appeal: free, without a form, answered by a person. The sanction stays meanwhile.

    Raises NotFound for a sanction that is not theirs or not of this case, RedressError without grounds, Conflict
    when one is open already or the sanction no longer binds.
    """
    lock_case(wish.case.id)
    ground = _ground(measure_id, wish)
    if not wish.grounds.strip():
        raise RedressError(_("Say why the sanction is wrong."), fields={"grounds": ""})
    if ground.measure.state not in APPEALABLE or _open(measure_id).exists():
        raise Conflict(_("You have appealed already, or the sanction no longer binds you."))
    appeal = SanctionAppeal(
        reference=next_reference("A", now),
        measure=ground.measure,
        case=wish.case,
        case_regime=ground.case_regime,
        platform_user=wish.person,
        language=wish.language,
        grounds=wish.grounds.strip()[:LONGEST],
        filed_at=now,
        decision_by=ground.measure.ordered_by,
    )
    appeal.save(force_insert=True)
    pack = pack_of(ground.case_regime)
    subject = Subject(wish.case.id, ground.case_regime_id, appeal.id)
    running = start(Period(APPEAL, appeal_clock(pack), pack, now), subject, actor=actor, now=now)
    _record(appeal, "sanction_appeal.filed", Step(actor, now, payload=appeal.grounds.encode()))
    appeal_letters.received(appeal, until=running.due_at, now=now, actor=actor)
    return appeal


@transaction.atomic
def answer(
    id: UUID, justified: bool, reasons: Mapping[str, str], *, user: User, now: datetime
) -> SanctionAppeal:
    """Decide an appeal with reasons in both languages, and tell the user. Justified, the sanction ends as never given.

    What stands against the user for the content itself is another matter and stays. Raises Forbidden, OwnDecision
    for whoever ordered or approved the sanction or decided a case behind it, NotFound, Conflict, RedressError.
    """
    require_role(user, *CASEWORKERS)
    measure_id = SanctionAppeal.objects.values_list("measure_id", flat=True).filter(id=id).first()
    if measure_id is None:
        raise NotFound(_("There is no such appeal."))
    measure = hold(measure_id)
    appeal = SanctionAppeal.objects.select_related("platform_user", "case").get(id=id)
    if not may_answer(measure, user):
        raise OwnDecision(
            _("You ordered or approved this sanction or decided its case: somebody else answers.")
        )
    if appeal.state != AppealState.FILED:
        raise Conflict(_("This appeal is settled already. Reload the page."))
    require_reasons(reasons)
    _settle(appeal, justified, reasons, user, now)
    if justified:
        end_all(measure, EndReason.CORRECTED, Step(staff(user.id), now))
    return appeal


def may_answer(measure: Measure, user: User) -> bool:
    """Whether this person had no part in the sanction."""
    had_part = involved(measure) | {measure.approved_by_id} | agreed_by(measure)
    return user.is_caseworker and user.id not in had_part


def lapse_moot(now: datetime) -> int:
    """Close the appeals whose sanction ended for another reason; how many."""
    gone = SanctionAppeal.objects.filter(
        state=AppealState.FILED, measure__state__in=[*ENDED, MeasureState.LIFTING]
    )
    return sum(_lapse(id, now) for id in list(gone.values_list("id", flat=True)[:BATCH]))


@transaction.atomic
def _lapse(id: UUID, now: datetime) -> bool:
    lock_case(SanctionAppeal.objects.values_list("case_id", flat=True).get(id=id))
    appeal = SanctionAppeal.objects.get(id=id)
    if appeal.state != AppealState.FILED:
        return False
    appeal.lapse()
    appeal.save(update_fields=["state"])
    stop(APPEAL, id, at=now, actor=SWEEP, reason="moot")
    _record(appeal, "sanction_appeal.lapsed", Step(SWEEP, now))
    return True


def _settle(
    appeal: SanctionAppeal, justified: bool, reasons: Mapping[str, str], user: User, now: datetime
) -> None:
    if justified:
        appeal.uphold()
    else:
        appeal.reject()
    appeal.reviewed_by, appeal.reviewed_at, appeal.reasons = user, now, dict(reasons)
    appeal.save(update_fields=["state", "reviewed_by", "reviewed_at", "reasons"])
    actor = staff(user.id)
    meet(APPEAL, appeal.id, at=now, actor=actor)
    event = "sanction_appeal.upheld" if justified else "sanction_appeal.rejected"
    _record(appeal, event, Step(actor, now, payload=as_payload(reasons)))
    appeal_letters.answered(appeal, justified=justified, now=now, actor=actor)


def _ground(measure_id: UUID, wish: Wish) -> MeasureGround:
    found = (
        MeasureGround.objects.select_related("measure__ordered_by", "case_regime")
        .filter(measure_id=measure_id, measure__family=Family.USER_SANCTION, case=wish.case)
        .filter(measure__platform_user=wish.person)
        .order_by("ended_at", "created_at", "id")
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such sanction on this page."))
    return found


def _open(measure_id: UUID) -> QuerySet[SanctionAppeal]:
    return SanctionAppeal.objects.filter(measure_id=measure_id, state=AppealState.FILED)


def _record(appeal: SanctionAppeal, event: str, step: Step) -> None:
    append(
        case_chain(appeal.case_id),
        event,
        actor=step.actor,
        at=step.now,
        facts={
            "appeal": appeal.reference,
            "measure": str(appeal.measure_id),
            "state": appeal.state,
        },
        payload=step.payload,
    )
