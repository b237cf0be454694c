"""Warning somebody whose counter-notices are manifestly unfounded, and not hearing them for a time (DSA 23(2)).

Decided by a person; the waiting time counts for no window of theirs, and what they filed before is heard.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from common.actors import staff
from common.errors import Conflict, NotFound, RedressError
from common.transactions import lock_case
from counternotices.errors import ContestingSuspended
from counternotices.models import CounterNotice, RespondentSanction
from counternotices.rules import SUSPENSION
from counternotices.services import abuse_letters
from counternotices.services.abuse_letters import Said
from deadlines.services import Period, Subject, start, stop
from evidence.chain import Fact
from evidence.ledger import append, case_chain
from notices.access import require_role
from notices.errors import NotWarned
from notices.models import CaseRegime
from notices.services.in_zone import in_zone
from notices.services.lifecycle import Step
from notices.services.reasons import as_payload, require_reasons
from notices.services.regimes import pack_of
from notices.services.sanctions import Sanction, check_against, factors_of
from notices.services.suspension_clock import suspension_clock
from notices.states import SanctionLevel, SanctionState
from regimes.loader import pack
from regimes.pack import Pack, Policy
from regimes.questions import abuse_policy
from users.models import User
from users.roles import CASEWORKERS

SIDE: Final = "counter"
# Short of any law's window for contesting, so that nobody's last day falls into it.
LONGEST_DAYS: Final = 90
_PAST: Final[Mapping[str, str]] = {
    SanctionLevel.WARN: "respondent.warned",
    SanctionLevel.SUSPEND: "respondent.suspended",
}


def sanctions_on(person_id: UUID) -> QuerySet[RespondentSanction]:
    """Every warning and suspension of this user for what they stated, the latest first."""
    found = RespondentSanction.objects.filter(respondent=person_id)
    return found.select_related("case", "decided_by").order_by("-decided_at", "id")


@transaction.atomic
def impose(
    counter_id: UUID, sanction: Sanction, *, user: User, now: datetime
) -> RespondentSanction:
    """Warn or suspend the author of this counter-notice, and tell them.

    Raises Forbidden; RedressError for what does not fit the pack's policy or lacks reasons in both languages;
    NotWarned where the policy wants a prior warning and none came before this counter-notice was filed; Conflict
    while a suspension runs already.
    """
    require_role(user, *CASEWORKERS)
    counter = _locked(counter_id)
    law, policy = _policy(counter.case_regime)
    check_against(sanction, policy)
    _check_person(counter, sanction, policy, now)
    row = RespondentSanction(
        respondent=counter.respondent,
        level=sanction.level,
        case=counter.case_regime.case,
        pack_id=law.id,
        pack_version=law.version,
        factors=factors_of(sanction, policy),
        reasons=dict(sanction.reasons),
        decided_by=user,
        decided_at=now,
    )
    actor = staff(user.id)
    if sanction.level == SanctionLevel.SUSPEND:
        clock = suspension_clock(law, policy, sanction.days or 0)
        subject = Subject(row.case_id, None, row.id)
        row.until = start(Period(SUSPENSION, clock, law, now), subject, actor=actor, now=now).due_at
    row.save(force_insert=True)
    _record(row, _PAST[row.level], Step(actor, now, payload=as_payload(row.reasons)))
    said = Said.SUSPENDED if row.until else Said.WARNED
    abuse_letters.tell(row, said, now=now, actor=actor)
    return row


@transaction.atomic
def lift(id: UUID, reasons: Mapping[str, str], *, user: User, now: datetime) -> RespondentSanction:
    """Take a warning or a running suspension back, with reasons; the user is told. Raises NotFound, Conflict."""
    require_role(user, *CASEWORKERS)
    case_id = RespondentSanction.objects.values_list("case_id", flat=True).filter(id=id).first()
    if case_id is None:
        raise NotFound(_("There is no such warning or suspension."))
    lock_case(case_id)
    require_reasons(reasons)
    row = RespondentSanction.objects.select_related("respondent", "case").get(id=id)
    if row.state != SanctionState.IN_FORCE:
        raise Conflict(_("This has ended already. Reload the page."))
    row.lift()
    row.lifted_reasons, row.ended_at = dict(reasons), now
    row.save(update_fields=["state", "lifted_reasons", "ended_at"])
    actor = staff(user.id)
    stop(SUSPENSION, id, at=now, actor=actor, reason="lifted")
    _record(row, "respondent.sanction_lifted", Step(actor, now, payload=as_payload(reasons)))
    abuse_letters.tell(row, Said.LIFTED, now=now, actor=actor)
    return row


def end(id: UUID, step: Step) -> bool:
    """The time is over: they may contest again, and are told. False when it ended otherwise."""
    row = RespondentSanction.objects.select_related("respondent", "case").get(id=id)
    if row.state != SanctionState.IN_FORCE:
        return False
    row.end()
    row.ended_at = step.effective_at or step.now
    row.save(update_fields=["state", "ended_at"])
    _record(row, "respondent.suspension_ended", step)
    abuse_letters.tell(row, Said.ENDED, now=step.now, actor=step.actor)
    return True


def require_may_contest(person_id: UUID, *, now: datetime) -> None:
    """Raise ContestingSuspended, naming the end and how to contest that, while a suspension runs."""
    running = sanctions_on(person_id).filter(state=SanctionState.IN_FORCE, until__gt=now)
    found = running.order_by("-until").first()
    if found is None or found.until is None:
        return
    zone = pack(found.pack_id, found.pack_version).zone
    raise ContestingSuspended(
        _(
            "Counter-notices are not taken from you until %(until)s; that time counts for "
            "no time limit of yours. If you hold the suspension to be wrong, write to %(address)s and "
            "name %(reference)s: a person examines it. You may go to court at any time."
        )
        % {
            "until": in_zone(found.until, zone),
            "address": settings.DEFAULT_FROM_EMAIL,
            "reference": found.case.reference,
        }
    )


def time_not_heard(person_id: UUID, *, now: datetime) -> timedelta:
    """How long this user was suspended so far: so much longer their windows stay open."""
    total = timedelta()
    for row in sanctions_on(person_id).filter(level=SanctionLevel.SUSPEND):
        until = min(row.ended_at or now, row.until or now, now)
        total += max(until - row.decided_at, timedelta())
    return total


def _locked(counter_id: UUID) -> CounterNotice:
    rows = CounterNotice.objects.select_related("case_regime__case", "respondent")
    found = rows.filter(id=counter_id).first()
    if found is None:
        raise NotFound(_("There is no such counter-notice."))
    lock_case(found.case_regime.case_id)
    return found


def _policy(regime: CaseRegime) -> tuple[Pack, Policy]:
    law = pack_of(regime)
    policy = abuse_policy(law, SIDE)
    if policy is None:
        raise RedressError(_("No law of this case has a policy against unfounded statements."))
    return law, policy


def _check_person(
    counter: CounterNotice, sanction: Sanction, policy: Policy, now: datetime
) -> None:
    if sanction.level != SanctionLevel.SUSPEND:
        return
    if (sanction.days or 0) > LONGEST_DAYS:
        raise RedressError(
            _("Say for how many days, from 1 to %(most)d.") % {"most": LONGEST_DAYS},
            fields={"days": ""},
        )
    mine = sanctions_on(counter.respondent_id).filter(state=SanctionState.IN_FORCE)
    if mine.filter(until__gt=now).exists():
        raise Conflict(_("A suspension of this user is running already."))
    warned = mine.filter(level=SanctionLevel.WARN, decided_at__lt=counter.filed_at)
    if policy.prior_warning and not warned.exists():
        raise NotWarned(
            _(
                "This law wants a warning first: warn the user now, and suspend only on the occasion "
                "of a counter-notice that was filed after the warning."
            )
        )


def _record(row: RespondentSanction, event: str, step: Step) -> None:
    facts: dict[str, Fact] = {
        "sanction": str(row.id),
        "respondent": str(row.respondent_id),
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
