"""Looking at the models of tickets: is there a new build, and do the suites hold on it?

As everything that leaves the house: a short transaction opens the look, the platform is asked outside any, a
short transaction stores what was found (services/probe_verdicts.py). A look belongs to whoever opened it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from measures.models import MeasureGround, ProbeRun, ProbeSuite, TicketModel
from measures.services.likeness import Scorer, references
from measures.services.probe_asking import Asked, Question, ask
from measures.services.probe_verdicts import Looked, settle
from measures.states import PROBED
from measures.ticketing import ProbeState
from platforms.client import PlatformClient
from platforms.contract import PlatformError

log = logging.getLogger(__name__)
# One run of the sweep: at most so many looks, within so long; the next comes in thirty seconds.
BATCH: Final = 100
RUN: Final = timedelta(seconds=60)
# Four batches of fifty probes of two minutes each, and the outputs fetched.
LEASE: Final = timedelta(minutes=20)
# A platform that names no build: its suites are run once a day.
NAMELESS: Final = timedelta(days=1)


@dataclass(frozen=True)
class Look:
    """A look at one model that was opened at `at`: its suites, and the builds they ran on last."""

    model: TicketModel
    at: datetime
    questions: tuple[Question, ...]
    last: dict[UUID, ProbeRun]
    scorer: Scorer

    def due(self, build: str | None) -> tuple[Question, ...]:
        """The suites to be run, when the platform serves this build."""
        return tuple(one for one in self.questions if self._is_due(one, build))

    def _is_due(self, question: Question, build: str | None) -> bool:
        run = self.last.get(question.suite_id)
        if run is None or run.suite_version != question.version or self.model.asked_at is not None:
            return True
        return self.at >= run.at + NAMELESS if build is None else run.build != build


@dataclass(frozen=True)
class ProbingResult:
    """How many models were looked at, and how many of their suites were run."""

    looked: int
    ran: int


def probe(client: PlatformClient, clock: Callable[[], datetime]) -> ProbingResult:
    """Look at what is due, one model after the other. Safe at any time, in parallel, and when it is killed."""
    began, looked, ran = clock(), 0, 0
    while looked < BATCH and clock() < began + RUN:
        look = open_next(now=clock())
        if look is None:
            break
        looked += 1
        try:
            found = run(look, client)
            ran += settle(look.model.id, found, now=clock())
        except Exception:
            # One bad row keeps no other waiting; its lease keeps it away for a while.
            log.exception("The model %s of a ticket could not be looked at.", look.model.id)
    return ProbingResult(looked, ran)


@transaction.atomic
def open_next(*, now: datetime) -> Look | None:
    """Open the look that has been due the longest, of those nobody else is at. None: nothing is due."""
    free = Q(looking_since=None) | Q(looking_since__lte=now - LEASE)
    grounds = MeasureGround.objects.filter(measure=OuterRef("ticket"), ended_at=None)
    due = TicketModel.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        free, Exists(grounds), look_at__lte=now, ticket__measure__state__in=PROBED
    )
    model = due.select_related("artefact", "ticket__measure").order_by("look_at", "id").first()
    if model is None:
        return None
    model.looking_since = now
    model.save(update_fields=["looking_since"])
    runs = ProbeRun.objects.filter(model=model).order_by("suite_id", "-at").distinct("suite_id")
    last = {run.suite_id: run for run in runs}
    scorer = references(model.ticket_id)
    return Look(model, now, _questions(model), last, scorer)


def run(look: Look, client: PlatformClient) -> Looked:
    """Ask, outside any transaction. An outage is an answer too."""
    name = look.model.artefact.external_id
    asked: list[Asked] = []
    try:
        build = client.artefact(name).build
        for question in look.due(build):
            asked.append(ask(question, name, look, client))
    except PlatformError as error:
        return Looked(look.at, look.model.build, tuple(asked), error.message)
    return Looked(look.at, asked[-1].build if asked else build or "", tuple(asked))


def _questions(model: TicketModel) -> tuple[Question, ...]:
    suites = ProbeSuite.objects.filter(ticket=model.ticket_id).prefetch_related("probes")
    found = []
    for suite in suites:
        probes = [one for one in suite.probes.all() if one.state == ProbeState.IN_USE]
        if probes:
            found.append(Question(suite.id, suite.version, suite.allowed_percent, tuple(probes)))
    return tuple(found)
