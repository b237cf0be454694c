"""Switching another ladder on: administrator and legal together, with what it would have done written down."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from common.actors import staff
from common.errors import Conflict, Forbidden, NotFound, RedressError
from common.transactions import lock
from evidence.chain import Chain, Fact
from evidence.ledger import append
from measures.ladder_policy import BadPolicy, Policy, as_data, check
from measures.ladder_simulation import Simulation, Span, compare
from measures.models import LadderPolicy
from measures.standing_selectors import policy_in_force, standings, users_entered
from measures.states import PolicyState
from notices.access import require_role
from users.models import User
from users.roles import Role

SWITCHERS: Final = (Role.ADMINISTRATOR, Role.LEGAL)
CHAIN: Final = Chain("pack", uuid5(NAMESPACE_URL, "urn:redress:ladder"))
"""Every version in one chain: beside the packs of law, for it is the house's own."""
MONTH: Final = timedelta(days=30)


def simulate(policy: Policy, months: int, *, now: datetime) -> Simulation:
    """Whom it would have touched in the last months, beside the policy in force. Nothing is changed.

    Users are named by their id here. Five queries, whatever their number.
    """
    span = Span(now - MONTH * months, now)
    found = standings(users_entered(since=span.since))
    people = {str(id): standing for id, standing in found.items()}
    return compare(people, policy_in_force()[1], policy, span)


@transaction.atomic
def propose_policy(
    policy: Policy, months: int, reasons: str, *, user: User, now: datetime
) -> LadderPolicy:
    """Put another version forward, with its simulation. Raises Forbidden, RedressError, Conflict while one waits."""
    require_role(user, *SWITCHERS)
    _check(policy, reasons)
    lock("ladder", CHAIN.id)
    if LadderPolicy.objects.filter(state=PolicyState.PROPOSED).exists():
        raise Conflict(_("Another version waits already: agree to it or refuse it first."))
    last = LadderPolicy.objects.aggregate(last=Max("version"))["last"]
    row = LadderPolicy(
        version=(last or 0) + 1,
        figures=as_data(policy),
        simulated=_counts(simulate(policy, months, now=now), months),
        reasons=reasons.strip(),
        proposed_by=user,
        proposed_at=now,
    )
    row.save(force_insert=True)
    _record(row, "ladder.proposed", user, now)
    return row


@transaction.atomic
def switch_on(id: UUID, *, user: User, now: datetime) -> LadderPolicy:
    """Agree: steps are proposed by this version from now on; entries keep what they weigh.

    Administrator and legal together, two people. Raises Forbidden, NotFound, Conflict.
    """
    row = _waiting(id, user)
    if not may_agree(row, user):
        raise Forbidden(
            _("Administrator and legal switch it on together: the other of the two agrees.")
        )
    for old in LadderPolicy.objects.filter(state=PolicyState.IN_FORCE):
        old.end()
        old.ended_at = now
        old.save(update_fields=["state", "ended_at"])
    row.switch_on()
    return _decide(row, "ladder.switched_on", user, now)


@transaction.atomic
def refuse_policy(id: UUID, *, user: User, now: datetime) -> LadderPolicy:
    """Do not agree, or take one's own back; what is in force stays. Raises as `switch_on` does."""
    row = _waiting(id, user)
    row.refuse()
    return _decide(row, "ladder.refused", user, now)


def may_agree(row: LadderPolicy, user: User) -> bool:
    """Whether this person is the other of the two."""
    proposer = row.proposed_by
    pairs = ((Role.ADMINISTRATOR, Role.LEGAL), (Role.LEGAL, Role.ADMINISTRATOR))
    both = any(proposer.has_role(one) and user.has_role(other) for one, other in pairs)
    return user.id != proposer.id and both


def _waiting(id: UUID, user: User) -> LadderPolicy:
    require_role(user, *SWITCHERS)
    lock("ladder", CHAIN.id)
    row = LadderPolicy.objects.select_related("proposed_by").filter(id=id).first()
    if row is None:
        raise NotFound(_("There is no such version of the ladder."))
    if row.state != PolicyState.PROPOSED:
        raise Conflict(_("This version no longer waits. Reload the page."))
    return row


def _decide(row: LadderPolicy, event: str, user: User, now: datetime) -> LadderPolicy:
    row.decided_by, row.decided_at = user, now
    row.save(update_fields=["state", "decided_by", "decided_at"])
    _record(row, event, user, now)
    return row


def _check(policy: Policy, reasons: str) -> None:
    try:
        check(policy)
    except BadPolicy as error:
        raise RedressError(_("These figures make no ladder: %(why)s.") % {"why": error}) from error
    if not reasons.strip():
        raise RedressError(_("Say why the ladder is to change."), fields={"reasons": ""})


def _counts(found: Simulation, months: int) -> dict[str, Any]:
    told = asdict(found)
    return {**told, "changed": len(found.changed), "months": months}


def _record(row: LadderPolicy, event: str, user: User, now: datetime) -> None:
    figures: Mapping[str, Fact] = row.figures
    facts: dict[str, Fact] = {
        "ladder": str(row.id),
        "version": row.version,
        "figures": figures,
        "simulated": row.simulated,
    }
    append(CHAIN, event, actor=staff(user.id), at=now, facts=facts, payload=row.reasons.encode())
