"""Probes that people add: engineers at once, right holders after staff looked; and what a person sees in an output."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from common.actors import Actor, staff
from common.errors import Conflict, NotFound, RedressError
from evidence.chain import Fact
from measures.checks import Result, What
from measures.models import (
    Measure,
    MeasureCheck,
    Probe,
    ProbeOpinion,
    ProbeResult,
    ProbeSuite,
    Ticket,
    TicketModel,
)
from measures.rules import Suite
from measures.services.lifecycle import record
from measures.services.probe_verdicts import act_on
from measures.services.ticket_opening import LONGEST_PROMPT, MOST_PROBES, SEEDS, allowed
from measures.services.tickets import held
from measures.states import LIVE, MeasureState
from measures.ticket_selectors import standing_of
from measures.ticketing import ProbeState
from notices.access import require_role
from notices.models import Case
from notices.services.lifecycle import Step
from users.models import User
from users.roles import CASEWORKERS, Role

# A right holder's proposals that nobody looked at yet: more at a time help nobody.
MOST_WAITING: Final = 10


@dataclass(frozen=True)
class Wish:
    """A probe that somebody wants: which suite, which prompt, which seed (None: the house's own)."""

    suite: str
    prompt: str
    seed: int | None = None


@transaction.atomic
def add_probe(measure_id: UUID, wish: Wish, *, user: User, now: datetime) -> Probe:
    """Bring a probe into use at once; its suite runs anew. Raises Forbidden, RedressError, Conflict."""
    require_role(user, Role.ENGINEER, *CASEWORKERS)
    measure, ticket = held(measure_id)
    suite = _suite(measure, ticket, wish)
    probe = _create(suite, wish, ProbeState.IN_USE, {"added_by": user, "added_at": now})
    _into_use(suite, now)
    _record(measure, probe, "ticket.probe_reviewed", Step(staff(user.id), now))
    return probe


@transaction.atomic
def propose_probe(
    case: Case, measure_id: UUID, prompt: str, *, actor: Actor, now: datetime
) -> Probe:
    """Take a right holder's prompt for the suite of normal use; staff look at it before it runs.

    Raises NotFound for a ticket behind which the case does not stand, RedressError, and Conflict when too many wait.
    """
    measure, ticket = held(measure_id)
    if not measure.grounds.filter(case=case, ended_at=None).exists():
        raise NotFound(_("There is no such ticket."))
    waiting = Probe.objects.filter(case=case, state=ProbeState.PROPOSED)
    if waiting.count() >= MOST_WAITING:
        raise Conflict(
            _("Enough of your prompts wait for review. Add more when these were looked at.")
        )
    wish = Wish(Suite.NORMAL, prompt)
    suite = _suite(measure, ticket, wish)
    probe = _create(suite, wish, ProbeState.PROPOSED, {"case": case, "added_at": now})
    step = Step(actor, now, payload=wish.prompt.strip().encode())
    _record(measure, probe, "ticket.probe_proposed", step, [case.id])
    return probe


@transaction.atomic
def review_probe(probe_id: UUID, *, use: bool, reason: str, user: User, now: datetime) -> Probe:
    """Take a proposed probe into use, or say why not; the right holder reads the reason.

    Raises NotFound, Forbidden, Conflict when it was reviewed already, RedressError for a refusal without reason.
    """
    require_role(user, Role.ENGINEER, *CASEWORKERS)
    if not use and not reason.strip():
        raise RedressError(_("Say why the probe is not used."), fields={"reason": ""})
    ticket_id = Probe.objects.filter(id=probe_id).values_list("suite__ticket", flat=True).first()
    if ticket_id is None:
        raise NotFound(_("There is no such probe."))
    measure, _ticket = held(ticket_id)
    probe = Probe.objects.select_related("suite").get(id=probe_id)
    if probe.state != ProbeState.PROPOSED:
        raise Conflict(_("This probe was reviewed already."))
    probe.state = ProbeState.IN_USE if use else ProbeState.DECLINED
    probe.reviewed_by, probe.reviewed_at, probe.reason = user, now, reason.strip()
    probe.save(update_fields=["state", "reviewed_by", "reviewed_at", "reason"])
    if use:
        _into_use(probe.suite, now)
    step = Step(staff(user.id), now, payload=reason.strip().encode() or None)
    _record(measure, probe, "ticket.probe_reviewed", step)
    return probe


@transaction.atomic
def judge_output(result_id: UUID, note: str, *, user: User, now: datetime) -> ProbeOpinion:
    """Record that an output shows the work all the same. It counts as similar from then on, whatever was closed.

    Raises NotFound, Forbidden, RedressError without a note, Conflict for what was refused or counts already.
    """
    require_role(user, Role.ENGINEER, *CASEWORKERS)
    if not note.strip():
        raise RedressError(_("Say what of the work the output shows."), fields={"note": ""})
    result = ProbeResult.objects.select_related("run__suite").filter(id=result_id).first()
    if result is None:
        raise NotFound(_("There is no such output."))
    measure, ticket = held(result.run.suite.ticket_id)
    if not result.output or result.similar or ProbeOpinion.objects.filter(result=result).exists():
        raise Conflict(_("There is nothing to judge: it counts already, or nothing was drawn."))
    opinion = ProbeOpinion.objects.create(result=result, note=note.strip(), by=user, at=now)
    facts: dict[str, Fact] = {
        "run": str(result.run_id),
        "output": result.output,
        "build": result.run.build,
    }
    step = Step(staff(user.id), now, facts=facts, payload=note.strip().encode())
    record(measure, "ticket.output_judged", step)
    _follow(measure, ticket, facts, now)
    return opinion


def _follow(measure: Measure, ticket: Ticket, facts: dict[str, Fact], now: datetime) -> None:
    """Where the ticket fails by that, it is as if a run had shown it."""
    found = standing_of(ticket).verdict
    if found is None or measure.state not in LIVE | {MeasureState.DONE}:
        return
    broken = {"outcome": Result.BROKEN, "what": What.PROBES, "lifted": False}
    MeasureCheck.objects.create(measure=measure, at=now, facts=dict(facts), **broken)
    act_on(measure, ticket, found, now, now)


def _suite(measure: Measure, ticket: Ticket, wish: Wish) -> ProbeSuite:
    if measure.state not in LIVE | {MeasureState.DONE}:
        raise Conflict(_("The ticket has ended; no probe is run for it any more."))
    if wish.suite not in Suite.values:
        raise RedressError(_("Choose the suite."), fields={"suite": ""})
    if not 0 < len(wish.prompt.strip()) <= LONGEST_PROMPT:
        sentence = _("Give a prompt of at most %(most)s characters.") % {"most": LONGEST_PROMPT}
        raise RedressError(sentence, fields={"prompt": sentence})
    suite, _created = ProbeSuite.objects.get_or_create(
        ticket=ticket, kind=wish.suite, defaults={"allowed_percent": allowed(wish.suite)}
    )
    return suite


def _create(suite: ProbeSuite, wish: Wish, state: ProbeState, given: dict[str, Any]) -> Probe:
    prompt, seed = wish.prompt.strip(), SEEDS[0] if wish.seed is None else wish.seed
    rows = Probe.objects.filter(suite=suite)
    if rows.filter(prompt=prompt, seed=seed).exists():
        sentence = _("This prompt is among the probes already.")
        raise RedressError(sentence, fields={"prompt": sentence})
    if rows.count() >= MOST_PROBES:
        raise Conflict(_("The suite is full: it holds %(most)s probes.") % {"most": MOST_PROBES})
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    return Probe.objects.create(
        suite=suite, number=number, prompt=prompt, seed=seed, state=state, **given
    )


def _into_use(suite: ProbeSuite, now: datetime) -> None:
    suite.version += 1
    suite.save(update_fields=["version"])
    TicketModel.objects.filter(ticket=suite.ticket_id).update(look_at=now)


def _record(
    measure: Measure, probe: Probe, event: str, step: Step, cases: list[UUID] | None = None
) -> None:
    facts: dict[str, Fact] = {"probe": str(probe.id), "probe_state": str(probe.state)}
    record(
        measure, event, Step(step.actor, step.now, facts=facts, payload=step.payload), cases=cases
    )
