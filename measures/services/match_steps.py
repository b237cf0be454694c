"""The one door to a match's state, and the clock of those that wait for a person."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django_fsm import can_proceed

from common.actors import SWEEP, Actor
from common.errors import Conflict, NotFound
from common.transactions import lock_case
from deadlines.services import Period, Subject, meet, start, stop
from evidence.chain import Fact
from evidence.ledger import append, case_chain
from measures.models import Match
from measures.rules import MATCH
from measures.services.house_clocks import match_clock
from notices.models import CaseRegime
from notices.services.lifecycle import Step
from notices.services.regimes import pack_of


def hold_match(id: UUID) -> Match:
    """The match, read while its case is locked. Needs a transaction. Raises NotFound."""
    case_id = Match.objects.filter(id=id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise NotFound(_("There is no such match."))
    lock_case(case_id)
    return Match.objects.select_related("case", "work", "platform_user", "artefact").get(id=id)


def move(match: Match, name: str, event: str, step: Step, **changes: Any) -> None:
    """Take the step `name`, store it with `changes`, and write `event` to the chain of the match's case.

    Raises Conflict when the match stands where that step is not possible.
    """
    require_possible(match, name)
    getattr(match, name)()
    for field, value in changes.items():
        setattr(match, field, value)
    match.save(update_fields=["state", *changes])
    record(match, event, step)


def require_possible(match: Match, name: str) -> None:
    """Raise Conflict unless the match stands where this step is possible."""
    if not can_proceed(getattr(match, name)):
        raise Conflict(
            _("This match stands at “%(state)s” already. Reload the page.")
            % {"state": match.get_state_display()}
        )


def record(match: Match, event: str, step: Step) -> None:
    """One entry in the chain of the case: ids, hashes and codes, no personal text."""
    facts: dict[str, Fact] = {
        "match": str(match.id),
        "work": str(match.work_id),
        "kind": match.kind,
        "sha256": match.output_sha256,
        "output": match.output_external_id,
        "state": match.state,
        **step.facts,
    }
    chain = case_chain(match.case_id)
    append(chain, event, actor=step.actor, at=step.now, facts=facts, payload=step.payload)


def show(match: Match, why: str, now: datetime) -> None:
    """Put it before a person, with the house's clock. `why` is a code for the ledger."""
    move(match, "show", "match.review", Step(SWEEP, now, facts={"why": why}))
    _start_clock(match, now)


def meet_clock(match: Match, *, actor: Actor, now: datetime) -> None:
    """A person decided."""
    meet(MATCH, match.id, at=now, actor=actor, now=now)


def stop_clock(match: Match, *, actor: Actor, now: datetime) -> None:
    """Nothing is left to decide."""
    stop(MATCH, match.id, at=now, actor=actor, reason="match_ended")


def _start_clock(match: Match, now: datetime) -> None:
    """Let the house's time for a decision run, under the first of the case's regimes."""
    regime = CaseRegime.objects.filter(case=match.case_id).first()
    if regime is None:
        return
    pack = pack_of(regime)
    subject = Subject(match.case_id, regime.id, match.id)
    start(Period(MATCH, match_clock(pack), pack, now, None), subject, actor=SWEEP, now=now)
