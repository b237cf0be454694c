"""The engineers' side of a ticket: what is to be done, by whom, where it stands, and its end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from common.actors import staff
from common.errors import Conflict, NotFound, RedressError
from common.jobs import enqueue
from deadlines.models import Deadline
from deadlines.selectors import open_deadlines
from evidence.chain import Fact
from measures.models import Measure, Ticket, TicketModel
from measures.rules import TICKET, Family
from measures.services import issues, ticket_ends
from measures.services.lifecycle import hold, record, store
from measures.states import MeasureState
from measures.ticketing import TRAINED_HERE, Mitigation, Stage
from notices.access import require_role
from notices.services.lifecycle import Step
from users.models import User
from users.roles import CASEWORKERS, Role

_ENDS: Final = frozenset({MeasureState.DONE, MeasureState.NOT_POSSIBLE})


@dataclass(frozen=True)
class Plan:
    """What is to be done to the model, and by which engineer (None: nobody yet)."""

    mitigation: str
    owner: User | None


@transaction.atomic
def plan_ticket(measure_id: UUID, plan: Plan, *, user: User, now: datetime) -> Ticket:
    """Say what is to be done and who does it; a new ticket counts as scoped from then on.

    Raises Forbidden for anybody but an engineer, Conflict when the ticket is not in progress, RedressError
    for removal of training data where the role test did not find that this service trained.
    """
    require_role(user, Role.ENGINEER)
    measure, ticket = held(measure_id)
    _in_progress(measure)
    _check_mitigation(ticket, plan.mitigation)
    if plan.owner is not None and not plan.owner.has_role(Role.ENGINEER):
        raise RedressError(_("Only an engineer can own a ticket."), fields={"owner": ""})
    ticket.mitigation, ticket.owner = plan.mitigation, plan.owner
    if ticket.stage == Stage.NEW:
        ticket.stage = Stage.SCOPED
    ticket.save(update_fields=["mitigation", "owner", "stage"])
    clocks = open_deadlines(TICKET, measure.id).values("id")
    Deadline.objects.filter(id__in=clocks).update(owner_id=plan.owner.id if plan.owner else None)
    _looked_after(measure)
    _changed(measure, ticket, Step(staff(user.id), now))
    return ticket


@transaction.atomic
def move_ticket(measure_id: UUID, column: str, *, user: User, now: datetime) -> Ticket:
    """Put a ticket into another column of the board: a stage, or done.

    Into verification: its suites are run at once, and it ends by itself when every one holds. Raises as
    `plan_ticket`, and Conflict for `done` while any suite fails, or has not run on the current build.
    """
    require_role(user, Role.ENGINEER)
    measure, ticket = held(measure_id)
    _in_progress(measure)
    step = Step(staff(user.id), now)
    if column == MeasureState.DONE:
        ticket_ends.finish(measure, ticket, ticket_ends.require_verdict(ticket), step)
        return ticket
    if column == MeasureState.NOT_POSSIBLE:
        raise RedressError(_("Say on the ticket's own page why it is not possible."))
    if column not in Stage.values:
        raise RedressError(_("There is no such column."))
    if column != Stage.NEW and not ticket.mitigation:
        raise RedressError(_("Say on the ticket's own page first what is to be done."))
    if ticket.stage != column:
        _to_stage(measure, ticket, column, step)
    return ticket


@transaction.atomic
def progress_ticket(
    measure_id: UUID, target: str, note: str, *, user: User, now: datetime
) -> Measure:
    """End a ticket as `done` or `not_possible`, and say in `note` what was done or why it cannot be.

    The note goes into the ledger as text that can be erased. Raises Forbidden for anybody but an engineer,
    RedressError without a note, Conflict when the ticket is not in progress, and for `done` while any suite
    fails on a current build, or has not run there.
    """
    require_role(user, Role.ENGINEER)
    if not note.strip():
        raise RedressError(_("Say what was done, or why it is not possible."), fields={"note": ""})
    measure = hold(measure_id)
    if measure.family != Family.MODEL_OPTIMISATION or target not in _ENDS:
        raise RedressError(_("Only a model-optimisation ticket is moved like this."))
    _in_progress(measure)
    ticket = ticket_of(measure)
    step = Step(staff(user.id), now, payload=note.strip().encode())
    if target == MeasureState.DONE:
        ticket_ends.finish(measure, ticket, ticket_ends.require_verdict(ticket), step)
    else:
        ticket_ends.give_up(measure, ticket, step)
    return measure


@transaction.atomic
def ask_for_run(measure_id: UUID, *, user: User, now: datetime) -> None:
    """Have every suite run on every model, whatever the build. Raises Forbidden, Conflict when it has ended."""
    require_role(user, Role.ENGINEER, *CASEWORKERS)
    measure, ticket = held(measure_id)
    if measure.state not in {MeasureState.IN_PROGRESS, MeasureState.DONE}:
        raise Conflict(
            _("Probes are run while the engineers work on a ticket, and when they are done.")
        )
    run_soon(ticket, now)


def platform_is_done(measure: Measure, told: Mapping[str, Any], step: Step) -> None:
    """The platform says that it changed the model. That is its word: the suites show whether it is so."""
    ticket = ticket_of(measure)
    store(measure, acknowledgement=dict(told))
    _to_stage(measure, ticket, Stage.VERIFYING, step, acknowledgement=told["acknowledgement_id"])


def held(measure_id: UUID) -> tuple[Measure, Ticket]:
    """The measure, held with all its cases, and its ticket. Raises NotFound."""
    measure = hold(measure_id)
    return measure, ticket_of(measure)


def ticket_of(measure: Measure) -> Ticket:
    """The ticket of a measure that is held. Raises NotFound."""
    ticket = Ticket.objects.filter(measure=measure.id).first()
    if ticket is None:
        raise NotFound(_("There is no such ticket."))
    return ticket


def run_soon(ticket: Ticket, now: datetime) -> None:
    """Have the suites of a ticket run as soon as a worker is free."""
    TicketModel.objects.filter(ticket=ticket).update(asked_at=now, look_at=now)
    enqueue("measures.probe")


def _to_stage(measure: Measure, ticket: Ticket, stage: str, step: Step, **facts: Fact) -> None:
    ticket.stage = stage
    ticket.save(update_fields=["stage"])
    _looked_after(measure)
    if stage == Stage.VERIFYING:
        run_soon(ticket, step.now)
    _changed(measure, ticket, Step(step.actor, step.now, facts=facts))


def _changed(measure: Measure, ticket: Ticket, step: Step) -> None:
    owner = str(ticket.owner_id) if ticket.owner_id else None
    facts: dict[str, Fact] = {
        "stage": ticket.stage,
        "mitigation": ticket.mitigation,
        "owner": owner,
    }
    record(measure, "ticket.changed", Step(step.actor, step.now, facts={**facts, **step.facts}))
    stage = Stage(ticket.stage).label
    doing = Mitigation(ticket.mitigation).label if ticket.mitigation else "–"
    issues.comment(ticket, f"{stage} · {doing}", step.now)


def _looked_after(measure: Measure) -> None:
    """A regression that an engineer took up is no alarm any more; that it does not hold stays on record."""
    if measure.alarmed_at is not None:
        store(measure, alarmed_at=None)


def _in_progress(measure: Measure) -> None:
    if measure.state != MeasureState.IN_PROGRESS:
        raise Conflict(
            _("This step is not possible while the measure stands at “%(state)s”. Reload the page.")
            % {"state": measure.get_state_display()}
        )


def _check_mitigation(ticket: Ticket, mitigation: str) -> None:
    if mitigation not in Mitigation.values:
        raise RedressError(_("Choose what is to be done."), fields={"mitigation": ""})
    if mitigation == Mitigation.DATA_REMOVAL and ticket.trained_by not in TRAINED_HERE:
        sentence = _(
            "Training data can be taken out only where the role test found that this service trained."
        )
        raise RedressError(sentence, fields={"mitigation": sentence})
