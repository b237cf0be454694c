"""A person decides on a match, once. A likeness is a hint; style or idea alone is never grounds."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from common.actors import staff
from common.errors import RedressError
from measures.models import Match, Measure
from measures.rules import takedown_of
from measures.services.impose import impose
from measures.services.match_steps import hold_match, meet_clock, move, require_possible
from measures.services.orders import Order
from notices.access import require_role
from notices.models import CaseRegime, ClaimedItem
from notices.services.further_items import add_upheld, open_again
from notices.services.lifecycle import Step
from notices.services.reasons import require_reasons
from users.models import User
from users.roles import CASEWORKERS


@dataclass(frozen=True)
class Finding:
    """What expression of the work was taken over, and the reasons that the user gets, in both languages."""

    taken_over: str
    reasons: Mapping[str, str]


@transaction.atomic
def uphold(id: UUID, finding: Finding, *, user: User, now: datetime) -> Match:
    """A further item of the case, upheld, with its measure where the service has a copy.

    Raises Forbidden, NotFound, Conflict when the match is decided or its case does not stand, BadOrder,
    and RedressError without an answer to what was taken over or without reasons in both languages.
    """
    require_role(user, *CASEWORKERS)
    match = hold_match(id)
    require_possible(match, "uphold")
    if not finding.taken_over.strip():
        raise RedressError(
            _("Say what expression was taken over."),
            fields={"taken_over": _("Style or idea alone is never grounds. Name what was copied.")},
        )
    require_reasons(finding.reasons)
    step = Step(staff(user.id), now, facts={"match": str(match.id)})
    regimes = open_again(match.case_id, step)
    locator = match.output_external_id or f"sha256:{match.output_sha256}"
    item = add_upheld(match.case, match.artefact, locator, match.file, step)
    measure = _impose(match, item, regimes, user, now) if match.artefact else None
    text = {"taken_over": finding.taken_over, **finding.reasons}
    facts = {"item": item.number, "measure": str(measure.id) if measure else None}
    _decide(
        match,
        "uphold",
        Step(staff(user.id), now, facts=facts, payload=_text(text)),
        user=user,
        item=item,
        measure=measure,
        taken_over=finding.taken_over.strip(),
        reasons=dict(finding.reasons),
    )
    return match


@transaction.atomic
def dismiss(id: UUID, reason: str, *, user: User, now: datetime) -> Match:
    """Nothing protected was taken over. The reason is for the house: nobody outside is told of a hint.

    Raises Forbidden, NotFound, Conflict when it is decided, and RedressError without a reason.
    """
    require_role(user, *CASEWORKERS)
    match = hold_match(id)
    require_possible(match, "dismiss")
    if not reason.strip():
        raise RedressError(_("Give the reason."), fields={"reason": _("Give the reason.")})
    text = {"note": reason.strip()}
    step = Step(staff(user.id), now, payload=_text(text))
    _decide(match, "dismiss", step, user=user, reasons=text)
    return match


def _decide(match: Match, name: str, step: Step, *, user: User, **changes: object) -> None:
    event = "match.upheld" if name == "uphold" else "match.dismissed"
    move(match, name, event, step, decided_by=user, closed_at=step.now, **changes)
    meet_clock(match, actor=step.actor, now=step.now)


def _impose(
    match: Match, item: ClaimedItem, regimes: list[CaseRegime], user: User, now: datetime
) -> Measure:
    assert match.artefact is not None
    order = Order(takedown_of(match.artefact.kind), item=item, artefact=match.artefact)
    return impose(match.case, regimes, [order], user=user, now=now)[0]


def _text(text: Mapping[str, str]) -> bytes:
    return json.dumps(dict(text), ensure_ascii=False, sort_keys=True).encode()
