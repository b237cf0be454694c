"""How a ticket ends, and how it begins again: by what its suites showed, never by an assertion alone."""

from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from common.actors import WORKER
from common.errors import Conflict
from common.jobs import enqueue
from deadlines.services import Period, Subject, meet, start, stop
from evidence.chain import Fact
from measures.checks import Result, What
from measures.models import Measure, MeasureCheck, MeasureGround, Ticket
from measures.rules import TICKET, Suite
from measures.services import issues, ticket_letters
from measures.services.house_clocks import ticket_clock
from measures.services.lifecycle import move, record, store
from measures.states import LIVE
from measures.ticket_selectors import Standing, standing_of
from measures.ticketing import Stage, Verdict
from notices.services.lifecycle import Step
from notices.services.regimes import pack_of

_QUIET: Final[dict[str, Any]] = {"found_broken_at": None, "alarmed_at": None}


def require_verdict(ticket: Ticket) -> datetime:
    """When the suites were found to hold. Raises Conflict unless every suite held on every current build."""
    standing = standing_of(ticket)
    if standing.verdict == Verdict.PASSED:
        tests = MeasureCheck.objects.filter(measure=ticket.measure_id, what=What.PROBES)
        last = tests.filter(outcome=Result.HOLDS).order_by("-at").first()
        if last is not None:
            return last.at
    raise Conflict(_why_not(standing))


def finish(measure: Measure, ticket: Ticket, at: datetime, step: Step) -> None:
    """Every suite held at `at`: the measure is done, its clock met, and every right holder told."""
    standing = standing_of(ticket)
    move(measure, "finish", "ticket.progressed", step, verified_at=at, **_QUIET)
    normal = standing.of(Suite.NORMAL)
    builds: list[Fact] = list(standing.builds)
    facts: dict[str, Fact] = {"builds": builds, "kept": normal.kept, "asked": normal.asked}
    record(measure, "ticket.verified", Step(step.actor, step.now, facts=facts))
    meet(TICKET, measure.id, at=step.now, actor=step.actor)
    Ticket.objects.filter(measure=measure.id).update(regressed_at=None)
    issues.comment(ticket, _held_words(standing), step.now)
    issues.close(ticket, issues.COMPLETED, step.now)
    ticket_letters.verified(measure, standing, step)


def held_again(measure: Measure, at: datetime) -> None:
    """A further build was tested, and what was done holds on it too."""
    store(measure, verified_at=at, **_QUIET)


def give_up(measure: Measure, ticket: Ticket, step: Step) -> None:
    """It cannot be done, for the reasons in the step's payload."""
    move(measure, "give_up", "ticket.progressed", step, alarmed_at=None)
    stop(TICKET, measure.id, at=step.now, actor=step.actor, reason="not_possible")
    issues.close(ticket, issues.NOT_PLANNED, step.now)


def regress(measure: Measure, ticket: Ticket, at: datetime, now: datetime) -> None:
    """A later build makes it again: the ticket is opened anew, with a clock, an alarm and word to the right holder.

    Where a newer ticket on the same model is open already, that one carries the work and this one the alarm.
    """
    standing, step = standing_of(ticket), Step(WORKER, now)
    newer = Measure.objects.filter(
        family=measure.family, artefact=measure.artefact_id, state__in=LIVE
    ).first()
    changes: dict[str, Any] = {"verified_at": None, "found_broken_at": at, "alarmed_at": now}
    normal = standing.of(Suite.NORMAL)
    builds: list[Fact] = list(standing.builds)
    facts: dict[str, Fact] = {"builds": builds, "kept": normal.kept, "asked": normal.asked}
    if newer is None:
        move(measure, "reopen", "ticket.regressed", Step(WORKER, now, facts=facts), **changes)
        _start_clock(measure, step)
        issues.reopen(ticket, now)
    else:
        store(measure, **changes)
        record(
            measure,
            "ticket.regressed",
            Step(WORKER, now, facts={**facts, "carried_by": str(newer.id)}),
        )
    Ticket.objects.filter(measure=measure.id).update(stage=Stage.MITIGATING, regressed_at=now)
    issues.comment(ticket, _lost_words(standing), now)
    enqueue("measures.tell_broken", measure.id)
    ticket_letters.regressed(measure, standing, step)


def _start_clock(measure: Measure, step: Step) -> None:
    ground = (
        MeasureGround.objects.filter(measure=measure, ended_at=None)
        .select_related("case_regime")
        .first()
    )
    if ground is not None:
        pack = pack_of(ground.case_regime)
        owner = Ticket.objects.values_list("owner_id", flat=True).get(measure=measure.id)
        period = Period(TICKET, ticket_clock(pack), pack, step.now, owner)
        subject = Subject(ground.case_id, ground.case_regime_id, measure.id)
        start(period, subject, actor=step.actor, now=step.now)


def _why_not(standing: Standing) -> str:
    if standing.verdict == Verdict.FAILED:
        count = standing.whole
        return _(
            "It cannot be closed: %(similar)s of %(asked)s probes still bring the work out."
        ) % {
            "similar": count.similar,
            "asked": count.asked,
        }
    if standing.verdict == Verdict.UNPROVEN:
        return _(
            "It cannot be closed: the last run shows nothing. Nothing was drawn, or it could not be compared; "
            "add probes that the block lets through, or say that the mitigation is to refuse."
        )
    return _("It cannot be closed before its suites have run on the current build.")


def _held_words(standing: Standing) -> str:
    return _("Every probe suite holds on build %(build)s: %(kept)s of %(asked)s.") % _numbers(
        standing
    )


def _lost_words(standing: Standing) -> str:
    return _("Lost on build %(build)s: %(kept)s of %(asked)s probes hold.") % _numbers(standing)


def _numbers(standing: Standing) -> dict[str, object]:
    count = standing.whole
    return {"build": ", ".join(standing.builds), "kept": count.kept, "asked": count.asked}
