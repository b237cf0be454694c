"""What staff record of a court: an application, its ruling, the suit that follows, the end of the order.

A hold freezes the measures that the order names and nothing else: the waiting period goes on, and other
measures, people and regimes go their way. Supreme People's Court reply 2020 no. 9 art. 1; Civil Procedure
Law 103, 104.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from common.actors import staff
from common.errors import Conflict, RedressError
from common.transactions import lock_case
from counternotices.errors import PaperOutOfOrder
from counternotices.models import CourtOrder, CourtPaper, PaperKind
from counternotices.rules import APPLICATION_ACCEPTED, ORDER_RECEIVED, RULING, SUE
from counternotices.services.court_events import (
    Event,
    born,
    end_hold,
    move,
    obey,
    start_court_clock,
)
from counternotices.services.letters_court import SUED, court_step
from counternotices.states import CourtState
from deadlines.services import meet, stop
from evidence.models import SealedFile
from measures.models import Measure, MeasureGround
from notices.access import require_role
from notices.models import CaseRegime
from notices.services.numbering import next_reference
from notices.services.regimes import pack_of
from regimes.questions import hold
from users.models import User
from users.roles import CASEWORKERS


@dataclass(frozen=True)
class Paper:
    """A sealed paper of the court, and from when it counts (UTC)."""

    file: SealedFile
    effective_at: datetime


@dataclass(frozen=True)
class Matter:
    """What the court is, or was, asked for: its effect on which measures, and in what kind of procedure."""

    effect: str
    measures: Sequence[UUID]
    court: str
    number: str = ""
    before_suit: bool = False
    urgent: bool = False


@transaction.atomic
def record_application(
    regime: CaseRegime, matter: Matter, paper: Paper, *, user: User, now: datetime
) -> CourtOrder:
    """A court accepted an application. An urgent one starts the court's 48 hours (CPL 103(3), 104(2))."""
    event = _begin(regime, user, paper, now)
    order = _create(regime, matter, CourtState.APPLIED, event)
    _keep(order, PaperKind.APPLICATION, paper, event)
    born(order, APPLICATION_ACCEPTED, event)
    if matter.urgent:
        start_court_clock(RULING, order, APPLICATION_ACCEPTED, event)
    court_step(order, CourtState.APPLIED, paper.effective_at, now=now, actor=event.actor)
    return order


@transaction.atomic
def record_order(
    regime: CaseRegime, matter: Matter, paper: Paper, *, user: User, now: datetime
) -> CourtOrder:
    """A court's order arrived without an application on record: it is obeyed at once.

    Raises Forbidden, RedressError for measures that are not this case's, Conflict for a measure that cannot
    be held and for a law that knows no court orders here, PaperOutOfOrder for a moment in the future.
    """
    event = _begin(regime, user, paper, now)
    order = _create(regime, matter, CourtState.IN_FORCE, event)
    _keep(order, PaperKind.ORDER, paper, event)
    born(order, ORDER_RECEIVED, event)
    obey(order, event)
    return order


@transaction.atomic
def grant(id: UUID, paper: Paper, *, user: User, now: datetime) -> CourtOrder:
    """The court granted the application: the order is obeyed at once."""
    order, event = _step(id, user, paper, now)
    _keep(order, PaperKind.ORDER, paper, event)
    granted = move(order, "grant", event)
    meet(RULING, id, at=paper.effective_at, actor=event.actor, now=now)
    obey(granted, event)
    return granted


@transaction.atomic
def refuse(id: UUID, paper: Paper, *, user: User, now: datetime) -> CourtOrder:
    """The court did not grant it."""
    order, event = _step(id, user, paper, now)
    _keep(order, PaperKind.REFUSAL, paper, event)
    refused = move(order, "refuse", event)
    CourtOrder.objects.filter(id=id).update(ended_at=paper.effective_at)
    meet(RULING, id, at=paper.effective_at, actor=event.actor, now=now)
    court_step(refused, CourtState.REFUSED, paper.effective_at, now=now, actor=event.actor)
    return refused


@transaction.atomic
def show_suit(id: UUID, paper: Paper, *, user: User, now: datetime) -> CourtOrder:
    """Its applicant sued in time after preservation before the suit. Raises PeriodOver when it is too late."""
    order, event = _step(id, user, paper, now)
    if order.state != CourtState.IN_FORCE or not order.before_suit:
        raise Conflict(_("No suit is awaited for this order. Reload the page."))
    meet(SUE, id, at=paper.effective_at, actor=event.actor, now=now)
    _keep(order, PaperKind.SUIT, paper, event)
    born(order, "court_order.suit_shown", event)
    court_step(order, SUED, paper.effective_at, now=now, actor=event.actor)
    return order


@transaction.atomic
def lift(id: UUID, paper: Paper, *, user: User, now: datetime) -> CourtOrder:
    """The court lifted its order: what it held goes the way it would have gone without it."""
    order, event = _step(id, user, paper, now)
    _keep(order, PaperKind.LIFTING, paper, event)
    lifted = move(order, "lift", event)
    stop(SUE, id, at=now, actor=event.actor, reason="order_lifted")
    end_hold(lifted, CourtState.LIFTED, event)
    return lifted


def _begin(regime: CaseRegime, user: User, paper: Paper, now: datetime) -> Event:
    require_role(user, *CASEWORKERS)
    lock_case(regime.case_id)
    if hold(pack_of(regime), ORDER_RECEIVED) is None:
        raise Conflict(_("This procedure takes nothing away that a court could hold or give back."))
    _check_moment(paper.effective_at, None, now)
    return Event(staff(user.id), now, paper.effective_at, paper.file.sha256)


def _step(id: UUID, user: User, paper: Paper, now: datetime) -> tuple[CourtOrder, Event]:
    require_role(user, *CASEWORKERS)
    lock_case(CourtOrder.objects.values_list("case_regime__case_id", flat=True).get(id=id))
    order = CourtOrder.objects.select_related("case_regime__case").get(id=id)
    last = order.papers.order_by("-effective_at").first()
    _check_moment(paper.effective_at, last.effective_at if last else None, now)
    return order, Event(staff(user.id), now, paper.effective_at, paper.file.sha256)


def _check_moment(at: datetime, after: datetime | None, now: datetime) -> None:
    if at > now or (after is not None and at < after):
        raise PaperOutOfOrder(
            _(
                "A paper counts from a moment that is not in the future, nor before the paper it follows."
            ),
            fields={"effective_at": _("Give the moment from which the paper counts, by now.")},
        )


def _create(regime: CaseRegime, matter: Matter, state: CourtState, event: Event) -> CourtOrder:
    own = MeasureGround.objects.filter(case_id=regime.case_id).values_list("measure_id", flat=True)
    if not matter.measures or not set(matter.measures) <= set(own):
        raise RedressError(
            _("Name the measures of this case that the order is about."),
            fields={"measures": _("Choose at least one measure.")},
        )
    order = CourtOrder.objects.create(
        reference=next_reference("O", event.now),
        case_regime=regime,
        effect=matter.effect,
        before_suit=matter.before_suit,
        urgent=matter.urgent,
        state=state,
        court=matter.court,
        number=matter.number,
        recorded_by_id=event.actor.id,
        recorded_at=event.now,
    )
    order.measures.set(Measure.objects.filter(id__in=matter.measures))
    return order


def _keep(order: CourtOrder, kind: PaperKind, paper: Paper, event: Event) -> None:
    CourtPaper.objects.create(
        order=order,
        kind=kind.value,
        file=paper.file,
        effective_at=paper.effective_at,
        recorded_by_id=event.actor.id,
        recorded_at=event.now,
    )
