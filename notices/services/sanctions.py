"""Warning a filer, barring them from filing for a time, and ending that: a person decides, a clock ends it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from common.actors import staff
from common.errors import Conflict, NotFound, RedressError
from common.transactions import lock_case
from deadlines.services import Period, Subject, start, stop
from evidence.chain import Fact
from evidence.ledger import append, case_chain
from notices.access import require_role
from notices.errors import NotWarned
from notices.filers import filer_of, sanctions_of, suspension_of
from notices.models import Case, CaseRegime, Notice, NotifierSanction
from notices.rules import SUSPENSION
from notices.services import sanction_letters
from notices.services.lifecycle import Step
from notices.services.reasons import as_payload, require_reasons
from notices.services.regimes import pack_of
from notices.services.suspension_clock import suspension_clock
from notices.states import SanctionLevel, SanctionState
from regimes.pack import Pack, Policy
from regimes.questions import abuse_policy
from users.models import User
from users.roles import CASEWORKERS

LONGEST_DAYS = 366


@dataclass(frozen=True)
class Sanction:
    """What a person decided: the level, by which regime's policy, on which of its factors, why, how long.

    `factors` are places in the policy's list; `days` counts calendar days and is for a suspension.
    """

    level: str
    pack_id: str
    factors: Sequence[int]
    reasons: Mapping[str, str]
    days: int | None = None


@transaction.atomic
def impose(case_id: UUID, sanction: Sanction, *, user: User, now: datetime) -> NotifierSanction:
    """Warn or suspend whoever filed this case's notice, and tell them.

    Raises Forbidden; RedressError for what does not fit the pack's policy or lacks reasons in both
    languages; NotWarned where the policy wants a prior warning (DSA 23(2)) and none came before
    this notice was filed; Conflict while a suspension runs already, or when the filer gave neither
    account nor address.
    """
    require_role(user, *CASEWORKERS)
    lock_case(case_id)
    notice = Notice.objects.select_related("case").get(case_id=case_id)
    pack = _pack(notice.case, sanction.pack_id)
    _check(sanction, pack)
    _check_filer(notice, sanction, pack, now)
    row = _store(notice, sanction, pack, user, now)
    actor = staff(user.id)
    _record(row, _PAST[row.level], Step(actor, now, payload=as_payload(sanction.reasons)))
    sanction_letters.imposed(row, now=now, actor=actor)
    return row


@transaction.atomic
def lift(id: UUID, reasons: Mapping[str, str], *, user: User, now: datetime) -> NotifierSanction:
    """Take a warning or a running suspension back, with reasons; the filer is told. Raises NotFound, Conflict."""
    require_role(user, *CASEWORKERS)
    case_id = NotifierSanction.objects.values_list("case_id", flat=True).filter(id=id).first()
    if case_id is None:
        raise NotFound(_("There is no such warning or suspension."))
    lock_case(case_id)
    require_reasons(reasons)
    row = NotifierSanction.objects.get(id=id)
    if row.state != SanctionState.IN_FORCE:
        raise Conflict(_("This has ended already. Reload the page."))
    row.lift()
    row.lifted_reasons, row.ended_at = dict(reasons), now
    row.save(update_fields=["state", "lifted_reasons", "ended_at"])
    actor = staff(user.id)
    stop(SUSPENSION, id, at=now, actor=actor, reason="lifted")
    _record(row, "filer.sanction_lifted", Step(actor, now, payload=as_payload(reasons)))
    sanction_letters.lifted(row, now=now, actor=actor)
    return row


def end(id: UUID, step: Step) -> bool:
    """The time is over: the filer may file again, and is told. False when it ended otherwise."""
    row = NotifierSanction.objects.get(id=id)
    if row.state != SanctionState.IN_FORCE:
        return False
    row.end()
    row.ended_at = step.effective_at or step.now
    row.save(update_fields=["state", "ended_at"])
    _record(row, "filer.suspension_ended", step)
    sanction_letters.ended(row, now=step.now, actor=step.actor)
    return True


_PAST: Mapping[str, str] = {
    SanctionLevel.WARN: "filer.warned",
    SanctionLevel.SUSPEND: "filer.suspended",
}


def _pack(case: Case, pack_id: str) -> Pack:
    regime = CaseRegime.objects.filter(case=case, pack_id=pack_id).first()
    if regime is None:
        raise RedressError(_("Choose a law that this case runs under."), fields={"policy": ""})
    return pack_of(regime)


def _check(sanction: Sanction, pack: Pack) -> None:
    check_against(sanction, abuse_policy(pack))


def check_against(sanction: Sanction, policy: Policy | None) -> None:
    """Raise RedressError unless the policy knows the step and its factors, and the reasons are in both languages."""
    if policy is None or sanction.level not in policy.ladder:
        raise RedressError(
            _("The policy of this law knows no such step against a filer."), fields={"level": ""}
        )
    places = range(len(policy.factors))
    if not sanction.factors or not all(place in places for place in sanction.factors):
        raise RedressError(_("Name at least one factor of the policy."), fields={"factors": ""})
    wanted = sanction.level == SanctionLevel.SUSPEND
    if wanted and not 1 <= (sanction.days or 0) <= LONGEST_DAYS:
        raise RedressError(
            _("Say for how many days, from 1 to %(most)d.") % {"most": LONGEST_DAYS},
            fields={"days": ""},
        )
    require_reasons(sanction.reasons)


def _check_filer(notice: Notice, sanction: Sanction, pack: Pack, now: datetime) -> None:
    filer = filer_of(notice)
    if not filer.known:
        raise Conflict(_("The filer gave neither account nor address and cannot be known again."))
    if sanction.level != SanctionLevel.SUSPEND:
        return
    if suspension_of(filer, now) is not None:
        raise Conflict(_("A suspension of this filer is running already."))
    policy = abuse_policy(pack)
    warned = sanctions_of(filer).filter(
        level=SanctionLevel.WARN, state=SanctionState.IN_FORCE, decided_at__lt=notice.filed_at
    )
    if policy is not None and policy.prior_warning and not warned.exists():
        raise NotWarned(
            _(
                "This law wants a warning first: warn the filer now, and suspend only on the "
                "occasion of a notice that was filed after the warning."
            )
        )


def _store(
    notice: Notice, sanction: Sanction, pack: Pack, user: User, now: datetime
) -> NotifierSanction:
    policy = abuse_policy(pack)
    assert policy is not None  # _check
    row = NotifierSanction(
        account_id=notice.account_id,
        email=notice.filer_email,
        level=sanction.level,
        case=notice.case,
        pack_id=pack.id,
        pack_version=pack.version,
        factors=factors_of(sanction, policy),
        reasons=dict(sanction.reasons),
        decided_by=user,
        decided_at=now,
    )
    if sanction.level == SanctionLevel.SUSPEND:
        subject = Subject(notice.case_id, None, row.id)
        clock = suspension_clock(pack, policy, sanction.days or 0)
        period = Period(SUSPENSION, clock, pack, now)
        row.until = start(period, subject, actor=staff(user.id), now=now).due_at
    row.save(force_insert=True)
    return row


def factors_of(sanction: Sanction, policy: Policy) -> list[dict[str, str]]:
    """The words of the policy that the decision rests on, in both languages."""
    words = [policy.factors[place] for place in sorted(set(sanction.factors))]
    return [{"en": one.en, "zh-Hans": one.zh_hans} for one in words]


def _record(row: NotifierSanction, event: str, step: Step) -> None:
    facts: dict[str, Fact] = {
        "sanction": str(row.id),
        "level": row.level,
        "policy": f"{row.pack_id} {row.pack_version}",
        "factors": [factor["en"] for factor in row.factors],
        "until": row.until.isoformat() if row.until else None,
        "effective_at": (step.effective_at or step.now).isoformat(),
    }
    append(
        case_chain(row.case_id),
        event,
        actor=step.actor,
        at=step.now,
        facts=facts,
        payload=step.payload,
    )
