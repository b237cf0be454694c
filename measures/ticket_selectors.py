"""Reading tickets: the board, one ticket, and how its suites stand on the builds that are served."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Count as CountRows
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from common.errors import NotFound
from measures.models import (
    MeasureGround,
    Probe,
    ProbeRun,
    ProbeSuite,
    RoleTest,
    Ticket,
    TicketModel,
)
from measures.rules import Suite
from measures.states import LIVE, MeasureState
from measures.ticketing import Count, ProbeState, Verdict, overall, verdict
from notices.models import Case

ENDED_SHOWN: Final = 50  # of each column of ended tickets, the latest


@dataclass(frozen=True)
class Run:
    """The latest run of a suite on one model. `current`: on the build served now, with all its probes."""

    model: TicketModel
    run: ProbeRun | None
    count: Count
    verdict: Verdict | None
    current: bool


@dataclass(frozen=True)
class SuiteStanding:
    """One suite over all models of its ticket."""

    suite: ProbeSuite
    probes: int
    runs: tuple[Run, ...]

    @property
    def verdict(self) -> Verdict | None:
        """None: a run on the current build is missing."""
        return overall(one.verdict if one.current else None for one in self.runs)

    @property
    def count(self) -> Count:
        """What became of its probes, over all models, at their latest runs."""
        told = [one.count for one in self.runs]
        return Count(
            sum(one.asked for one in told),
            sum(one.drawn for one in told),
            sum(one.similar for one in told),
            sum(one.unscored for one in told),
        )


@dataclass(frozen=True)
class Standing:
    """How a ticket stands by its suites."""

    suites: tuple[SuiteStanding, ...]

    @property
    def verdict(self) -> Verdict | None:
        """PASSED only where there is a suite of normal use and every suite held on every model's current build."""
        if Suite.NORMAL not in {one.suite.kind for one in self.suites}:
            return None
        return overall(one.verdict for one in self.suites)

    @property
    def builds(self) -> list[str]:
        """The builds that the latest runs were on."""
        runs = [one.run.build for suite in self.suites for one in suite.runs if one.run]
        return sorted(dict.fromkeys(runs))

    def of(self, kind: str) -> Count:
        """The count of the suite of this kind; nothing asked where there is none."""
        return next((one.count for one in self.suites if one.suite.kind == kind), Count(0, 0, 0))

    @property
    def whole(self) -> Count:
        """Over all suites."""
        told = [one.count for one in self.suites]
        return Count(
            sum(c.asked for c in told), sum(c.drawn for c in told), sum(c.similar for c in told)
        )


def standing_of(ticket: Ticket) -> Standing:
    """How this ticket stands."""
    return standings([ticket])[ticket.measure_id]


def standings(tickets: Collection[Ticket]) -> dict[UUID, Standing]:
    """How each of these stands, by the measure's id. Three queries, however many there are."""
    ids = [one.measure_id for one in tickets]
    in_use = CountRows("probes", filter=Q(probes__state=ProbeState.IN_USE))
    suites = ProbeSuite.objects.filter(ticket__in=ids).annotate(in_use=in_use).order_by("-kind")
    models: dict[UUID, list[TicketModel]] = {}
    for model in TicketModel.objects.filter(ticket__in=ids).select_related("artefact"):
        models.setdefault(model.ticket_id, []).append(model)
    runs = {(run.suite_id, run.model_id): run for run in _latest(ids)}
    kinds = {one.measure_id: one.mitigation for one in tickets}
    found: dict[UUID, list[SuiteStanding]] = {id: [] for id in ids}
    for suite in suites:
        if not suite.in_use:
            continue
        told = tuple(
            _run(suite, model, runs.get((suite.id, model.id)), kinds[suite.ticket_id])
            for model in models.get(suite.ticket_id, ())
        )
        found[suite.ticket_id].append(SuiteStanding(suite, suite.in_use, told))
    return {id: Standing(tuple(told)) for id, told in found.items()}


def _latest(ids: Collection[UUID]) -> QuerySet[ProbeRun]:
    runs = ProbeRun.objects.filter(suite__ticket__in=ids).order_by("suite_id", "model_id", "-at")
    latest = ProbeRun.objects.filter(id__in=runs.distinct("suite_id", "model_id").values("id"))
    return latest.annotate(opinions=CountRows("results__opinion"))


def _run(suite: ProbeSuite, model: TicketModel, run: ProbeRun | None, mitigation: str) -> Run:
    if run is None:
        return Run(model, None, Count(0, 0, 0), None, False)
    opinions = getattr(run, "opinions", 0)
    count = Count(run.asked, run.drawn, run.similar + opinions, run.unscored)
    current = run.build == model.build and run.suite_version == suite.version
    return Run(model, run, count, _effective(run, count, mitigation), current)


def _effective(run: ProbeRun, count: Count, mitigation: str) -> Verdict:
    """What a person found counts; what was written down at the run is never bettered by hindsight."""
    told = verdict(count, run.allowed_percent, mitigation)
    return Verdict(run.verdict) if told == Verdict.PASSED else told


def on_the_board() -> list[Ticket]:
    """Every live ticket, and of those that ended the latest, by number."""
    tickets = _full(Ticket.objects.all())
    live = list(tickets.filter(measure__state__in=LIVE).order_by("number"))
    for state in (MeasureState.DONE, MeasureState.NOT_POSSIBLE):
        live += tickets.filter(measure__state=state).order_by("-measure__moved_at")[:ENDED_SHOWN]
    return live


def one_ticket(id: UUID) -> Ticket:
    """The ticket of this measure. Raises NotFound."""
    ticket = _full(Ticket.objects.filter(measure=id)).first()
    if ticket is None:
        raise NotFound(_("There is no such ticket."))
    return ticket


def tickets_of_case(case_id: UUID) -> list[Ticket]:
    """The tickets behind which the case stands, by number."""
    grounds = MeasureGround.objects.filter(case_id=case_id, ended_at=None).order_by()
    return list(_full(Ticket.objects.filter(measure__in=grounds.values("measure"))))


def cases_behind(tickets: Collection[Ticket]) -> dict[UUID, int]:
    """How many cases stand behind each, by the measure's id. One query."""
    grounds = MeasureGround.objects.filter(
        measure__in=[one.measure_id for one in tickets], ended_at=None
    )
    counted = grounds.order_by().values("measure").annotate(cases=CountRows("case", distinct=True))
    return {row["measure"]: row["cases"] for row in counted}


def proposed_of_case(case_id: UUID) -> list[Probe]:
    """The probes that the right holder of this case proposed, oldest first."""
    rows = Probe.objects.filter(case=case_id).select_related("suite__ticket")
    return list(rows.order_by("added_at", "number"))


def probes_of(ticket: Ticket) -> list[Probe]:
    """Every probe of the ticket with its suite, normal use first."""
    rows = Probe.objects.filter(suite__ticket=ticket).select_related("suite", "added_by", "case")
    return list(rows.order_by("-suite__kind", "number"))


def one_probe(id: UUID) -> Probe:
    """The probe with its suite. Raises NotFound."""
    probe = Probe.objects.select_related("suite").filter(id=id).first()
    if probe is None:
        raise NotFound(_("There is no such probe."))
    return probe


def role_tests_of(ticket: Ticket) -> list[RoleTest]:
    """Every role test, the latest first, with who made it."""
    rows = RoleTest.objects.filter(ticket=ticket).select_related("made_by")
    return list(rows.order_by("-made_at"))


def cases_of(ticket: Ticket) -> list[Case]:
    """The cases that stand behind the ticket, the oldest first. For caseworkers."""
    grounds = MeasureGround.objects.filter(measure=ticket.measure_id, ended_at=None).order_by()
    return list(Case.objects.filter(id__in=grounds.values("case")).order_by("filed_at"))


def runs_of(ticket: Ticket, most: int) -> Sequence[ProbeRun]:
    """The latest runs, at most so many, the latest first."""
    rows = ProbeRun.objects.filter(suite__ticket=ticket).select_related("suite", "model__artefact")
    return list(rows.annotate(opinions=CountRows("results__opinion")).order_by("-at", "id")[:most])


def _full(tickets: QuerySet[Ticket]) -> QuerySet[Ticket]:
    return tickets.select_related("measure__artefact", "measure__platform", "owner")
