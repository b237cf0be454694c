"""What the suites of a ticket showed: written down, and what follows from it.

A ticket in verification ends with the verdict of its suites; a finished one is opened again by a build that
makes again what it had ended.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from common.actors import WORKER
from evidence.chain import Fact
from measures.checks import Result, What, miss_wait
from measures.models import (
    Measure,
    MeasureCheck,
    ProbeResult,
    ProbeRun,
    Ticket,
    TicketModel,
)
from measures.services import ticket_ends
from measures.services.lifecycle import hold, record
from measures.services.probe_asking import Asked, digest
from measures.states import MeasureState
from measures.ticket_selectors import standing_of
from measures.ticketing import Stage, Verdict, overall, verdict
from notices.services.lifecycle import Step

_RESULTS: Final = {Verdict.PASSED: Result.HOLDS, Verdict.FAILED: Result.BROKEN}


@dataclass(frozen=True)
class Looked:
    """What a look that was opened at `at` found: the build, what was run on it, and the error that ended it."""

    at: datetime
    build: str
    asked: tuple[Asked, ...] = ()
    error: str = ""


@transaction.atomic
def settle(model_id: UUID, looked: Looked, *, now: datetime) -> int:
    """Store what a look found, and act on it; how many suites had run. A look that is no longer ours is dropped."""
    ticket_id = TicketModel.objects.values_list("ticket_id", flat=True).get(id=model_id)
    measure = hold(ticket_id)
    model = (
        TicketModel.objects.select_for_update(of=("self",))
        .select_related("artefact")
        .get(id=model_id)
    )
    if model.looking_since != looked.at:
        return 0
    _move_on(model, looked, now)
    ticket = Ticket.objects.get(measure=measure.id)
    runs = [_stored(model, one, ticket.mitigation, looked.at) for one in looked.asked]
    if runs:
        found = overall(run.verdict for run in runs) or Verdict.UNPROVEN
        at = _write_down(measure, model, runs, found, now)
        act_on(measure, ticket, found, at, now)
    return len(runs)


def act_on(measure: Measure, ticket: Ticket, found: str, at: datetime, now: datetime) -> None:
    """What a round of this verdict, found at `at`, means for the ticket of a measure that is held."""
    if found == Verdict.FAILED:
        if measure.state == MeasureState.DONE:
            ticket_ends.regress(measure, ticket, at, now)
        return
    if standing_of(ticket).verdict != Verdict.PASSED:
        return
    if measure.state == MeasureState.IN_PROGRESS and ticket.stage == Stage.VERIFYING:
        ticket_ends.finish(measure, ticket, at, Step(WORKER, now))
    elif measure.state == MeasureState.DONE:
        ticket_ends.held_again(measure, at)


def _move_on(model: TicketModel, looked: Looked, now: datetime) -> None:
    if looked.build != model.build:
        model.build, model.build_at = looked.build, now
    model.looking_since, model.last_error = None, looked.error[:500]
    model.misses = model.misses + 1 if looked.error else 0
    pause = (
        miss_wait(model.misses) if looked.error else timedelta(minutes=settings.PROBE_LOOK_MINUTES)
    )
    # What came into use while the look went on is not put off.
    waiting = model.look_at if model.look_at > looked.at else now + pause
    model.look_at = min(waiting, now + pause)
    if not looked.error and model.asked_at is not None and model.asked_at <= looked.at:
        model.asked_at = None
    model.save()


def _stored(model: TicketModel, asked: Asked, mitigation: str, at: datetime) -> ProbeRun:
    count, question = asked.count, asked.question
    run = ProbeRun.objects.create(
        suite_id=question.suite_id,
        model=model,
        suite_version=question.version,
        build=asked.build,
        at=at,
        key=asked.key,
        scorer=asked.scorer,
        allowed_percent=question.allowed_percent,
        asked=count.asked,
        drawn=count.drawn,
        similar=count.similar,
        unscored=count.unscored,
        verdict=verdict(count, question.allowed_percent, mitigation),
    )
    ProbeResult.objects.bulk_create(
        ProbeResult(
            run=run,
            probe=one.probe,
            prompt_sha256=digest(one.probe.prompt),
            seed=one.probe.seed,
            output=one.output,
            sha256=one.sha256,
            media_type=one.media_type[:100],
            score=one.likeness.score if one.likeness else None,
            similar=bool(one.likeness and one.likeness.similar),
            against=one.likeness.against if one.likeness else "",
        )
        for one in asked.seen
    )
    return run


def _write_down(
    measure: Measure, model: TicketModel, runs: Sequence[ProbeRun], found: Verdict, now: datetime
) -> datetime:
    """One test of the measure, and one entry, with counts and build and no prompt; the moment of the test."""
    counts: dict[str, Fact] = {run.suite.kind: f"{run.count.kept}/{run.asked}" for run in runs}
    build = runs[-1].build
    facts: dict[str, Fact] = {"model": model.artefact.external_id, "build": build, **counts}
    at = runs[0].at
    while MeasureCheck.objects.filter(measure=measure, what=What.PROBES, at=at).exists():
        at += timedelta(
            microseconds=1
        )  # another model of the ticket was looked at in that very moment
    MeasureCheck.objects.create(
        measure=measure,
        what=What.PROBES,
        at=at,
        lifted=False,
        outcome=_RESULTS.get(found, Result.UNREACHABLE),
        facts=facts,
    )
    told: dict[str, Fact] = {"verdict": str(found), "runs": [str(run.id) for run in runs]}
    record(measure, "ticket.probed", Step(WORKER, now, facts={**facts, **told}))
    return at
