"""The engineers' board and what is pressed on it and on a ticket's page. Nobody's name but an owner's."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from casework.forms_tickets import JudgeForm, PlanForm, ProbeForm, ReviewForm, RoleForm
from casework.presenters import tickets as presenter
from casework.views.attempt import attempt
from casework.views.guard import caseworker, only, pressed
from casework.views.measure_page import PEOPLE
from casework.views.queue import frame
from casework.views.ticket_page import engineers, judgeable_of, render_ticket, review_prefix
from common.clock import now
from evidence.responses import inline_picture_response
from measures.services import probes, tickets
from measures.services.probe_pictures import picture_of
from measures.services.role_test import Role as RoleFound
from measures.services.role_test import record_role
from measures.ticket_selectors import one_probe, one_ticket
from users.models import User
from users.roles import Role


@require_GET
@only(*PEOPLE)
def board(request: HttpRequest, user: User) -> HttpResponse:
    """Tickets by stage; engineers move them by dragging or by a press."""
    moment = now()
    context = {
        "columns": presenter.board(moment),
        "choices": presenter.columns(),
        "may_move": user.has_role(Role.ENGINEER),
        **frame(user, "tickets", moment),
    }
    return render(request, "desk/ticket_board.html", context)


@require_GET
@only(*PEOPLE)
def ticket(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """One ticket: models, suites, runs, role test."""
    return render_ticket(request, user, one_ticket(id))


@pressed("ticket-board", of_all=True)
@only(Role.ENGINEER)
def move(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Into another column."""
    moved = tickets.move_ticket(id, request.POST.get("column", ""), user=user, now=now())
    messages.success(request, _("%(ticket)s was moved.") % {"ticket": moved.name})
    return redirect("ticket-board")


@pressed("ticket")
@only(Role.ENGINEER)
def plan(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """What is to be done, and by whom."""
    form = PlanForm(request.POST, engineers=engineers())

    def act() -> None:
        said = form.cleaned_data
        tickets.plan_ticket(
            id, tickets.Plan(said["mitigation"], said["owner"]), user=user, now=now()
        )

    if status := attempt(form, act):
        return render_ticket(request, user, one_ticket(id), status, form)
    messages.success(request, _("The plan is on record."))
    return redirect("ticket", id=id)


@pressed("ticket")
@caseworker
def role(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Who trained the model; the right holders are told."""
    form = RoleForm(request.POST)

    def act() -> None:
        found = RoleFound(form.cleaned_data["trained_by"], form.reasons())
        record_role(id, found, user=user, now=now())

    if status := attempt(form, act):
        return render_ticket(request, user, one_ticket(id), status, form)
    messages.success(request, _("The role test is on record, and the right holders are told."))
    return redirect("ticket", id=id)


@pressed("ticket")
@only(*PEOPLE)
def probe(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """A further probe."""
    form = ProbeForm(request.POST)

    def act() -> None:
        probes.add_probe(id, form.wish(), user=user, now=now())

    if status := attempt(form, act):
        return render_ticket(request, user, one_ticket(id), status, form)
    messages.success(request, _("The probe is in use; its suite is run again."))
    return redirect("ticket", id=id)


@pressed("ticket-board", of_all=True)
@only(*PEOPLE)
def review(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """A right holder's probe: used, or not."""
    ticket_id = one_probe(id).suite.ticket_id
    form = ReviewForm(request.POST, prefix=review_prefix(id))

    def act() -> None:
        reason = form.cleaned_data["reason"]
        probes.review_probe(id, use=form.use, reason=reason, user=user, now=now())

    if status := attempt(form, act):
        return render_ticket(request, user, one_ticket(ticket_id), status, form)
    messages.success(request, _("The review is on record; the right holder sees it on their page."))
    return redirect("ticket", id=ticket_id)


@pressed("ticket")
@only(*PEOPLE)
def run(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Run every suite now."""
    tickets.ask_for_run(id, user=user, now=now())
    messages.success(request, _("The suites are being run; reload the page in a minute."))
    return redirect("ticket", id=id)


@pressed("ticket")
@only(*PEOPLE)
def judge(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """An output shows the work all the same."""
    form = JudgeForm(request.POST, results=judgeable_of(one_ticket(id)))

    def act() -> None:
        said = form.cleaned_data
        probes.judge_output(UUID(said["result"]), said["note"], user=user, now=now())

    if status := attempt(form, act):
        return render_ticket(request, user, one_ticket(id), status, form)
    messages.success(request, _("It counts as similar from now on."))
    return redirect("ticket", id=id)


@require_GET
@only(*PEOPLE)
def output(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """The picture that a probe brought, fetched anew and drawn anew."""
    return inline_picture_response(picture_of(id))
