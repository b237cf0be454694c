"""Helping a sender to a notice that counts, where the law makes that a duty (17 USC 512(c)(3)(B)(ii))."""

from collections.abc import Sequence
from datetime import datetime

from common.actors import Actor
from deadlines.services import meet, stop
from evidence.chain import Fact
from notices.models import Case, CaseRegime, Notice
from notices.rules import CLOCK, CURE_CONTACT
from notices.services.clocks import start_kind
from notices.services.completeness import examined
from notices.services.regimes import pack_of
from regimes.completeness import Completeness, Status
from regimes.questions import house_clock


def owe_help(
    case: Case, notice: Notice, regimes: Sequence[CaseRegime], *, now: datetime, actor: Actor
) -> None:
    """Start the operator's own limit for asking, under each regime that lets a notice be cured and finds it curable."""
    owing = {r.pack_id: r for r in regimes if house_clock(pack_of(r), CLOCK[CURE_CONTACT])}
    if not owing:
        return
    for pack, found in examined(case, notice, notice.files.all()):
        if pack.id in owing and found.status is Status.CURABLE:
            start_kind(CURE_CONTACT, owing[pack.id], case.id, now=now, actor=actor)


def helped(case: Case, *, now: datetime, actor: Actor) -> None:
    """The sender was asked for what is missing: that is the help the law means."""
    meet(CURE_CONTACT, case.id, at=now, actor=actor)


def decided_without_help(case: Case, *, now: datetime, actor: Actor) -> None:
    """The notice was decided as it stands: it counts as it is, and help is no longer owed."""
    stop(CURE_CONTACT, case.id, at=now, actor=actor, reason="decided")


def standing(case: Case) -> dict[str, Fact]:
    """For the ledger, what the notice amounts to under each pack at this moment: codes and element keys, no text."""
    notice = Notice.objects.get(case=case)
    found = examined(case, notice, notice.files.all())
    return {"completeness": {pack.id: _said(one) for pack, one in found}}


def _said(found: Completeness) -> dict[str, Fact]:
    return {
        "status": str(found.status),
        "knowledge": str(found.knowledge),
        "missing": [one.element.key for one in found.missing],
        "unclear": [one.element.key for one in found.unclear],
    }
