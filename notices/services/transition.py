"""A law that changes midway: a person moves one case to another version, as that version's transitional rule allows."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from common.actors import Actor, staff
from common.errors import Conflict, RedressError
from common.transactions import lock_case
from deadlines.selectors import running_for_case
from deadlines.services.reterming import put_under
from evidence.chain import Fact
from evidence.ledger import append, case_chain
from notices.access import require_role
from notices.models import CaseRegime
from notices.services.loaded import note_use
from notices.states import SETTLED
from regimes.errors import RegimeError
from regimes.loader import pack
from regimes.pack import Pack
from regimes.vocabulary import TransitionRule
from users.models import User
from users.roles import Role


@transaction.atomic
def change_version(
    regime_id: UUID, version: str, *, reason: str, user: User, now: datetime
) -> CaseRegime:
    """Put one regime of a case under another version of its pack, on purpose. Ledger: regime.version_changed.

    Clocks that run keep the terms they began under, unless the new version's rule is APPLY_TO_OPEN_STAGE: then they
    are counted anew from their own trigger. Raises Forbidden unless the user is legal, Conflict when the rule, its day or the state does not allow it,
    RedressError without a reason or for a version there is not.
    """
    require_role(user, Role.LEGAL)
    case_id = CaseRegime.objects.values_list("case_id", flat=True).get(id=regime_id)
    lock_case(case_id)
    regime = CaseRegime.objects.get(id=regime_id)
    new = _allowed(regime, version, reason, now)
    before = {"version": regime.pack_version, "sha256": regime.pack_sha256}
    regime.pack_version, regime.pack_sha256 = new.version, new.sha256
    regime.save(update_fields=["pack_version", "pack_sha256"])
    actor = staff(user.id)
    note_use(new, now=now, actor=actor)
    facts: dict[str, Fact] = {
        "regime": regime.pack_id,
        "from": before["version"],
        "from_sha256": before["sha256"],
        "to": new.version,
        "to_sha256": new.sha256,
        "rule": str(new.transition.rule),
        "clocks": _clocks(regime, new, actor=actor, now=now),
    }
    append(
        case_chain(case_id),
        "regime.version_changed",
        actor=actor,
        at=now,
        facts=facts,
        payload=reason.strip().encode(),
    )
    return regime


def _allowed(regime: CaseRegime, version: str, reason: str, now: datetime) -> Pack:
    if not reason.strip():
        raise RedressError(_("Give the reason."), fields={"reason": _("Give the reason.")})
    try:
        new = pack(regime.pack_id, version)
    except RegimeError as error:
        raise RedressError(str(error)) from error
    if regime.pack_version == version:
        raise Conflict(_("The case runs under this version already."))
    if regime.state in SETTLED:
        raise Conflict(_("The procedure has ended under this regime; it stays as it was."))
    if new.transition.rule is TransitionRule.KEEP:
        raise Conflict(
            _("By its transitional rule this version does not reach cases that run already.")
        )
    if now.astimezone(ZoneInfo(new.zone)).date().isoformat() < new.effective_from:
        raise Conflict(
            _("This version is not in force before %(day)s.") % {"day": new.effective_from}
        )
    return new


def _clocks(regime: CaseRegime, new: Pack, *, actor: Actor, now: datetime) -> list[Fact]:
    """The keys of the clocks that were counted anew, none unless the rule says so."""
    if new.transition.rule is not TransitionRule.APPLY_TO_OPEN_STAGE:
        return []
    terms = {one.key: one for one in new.clocks}
    rows = running_for_case(regime.case_id).filter(case_regime_id=regime.id)
    return [
        row.clock_key
        for row in rows
        if row.clock_key in terms
        and put_under(row, terms[row.clock_key], new, actor=actor, now=now)
    ]
