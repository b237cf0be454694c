"""The board of measures, for engineers and caseworkers: alarms first. Nobody's name, no case paper."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from casework.forms_measures import ExplainForm, ProgressForm
from casework.presenters import board
from casework.views.attempt import attempt
from casework.views.guard import caseworker, only, pressed
from casework.views.measure_page import PEOPLE, render_measure
from casework.views.queue import frame
from common.clock import now
from measures.selectors import in_flight, one_measure
from measures.services.again import explain as explain_finding
from measures.services.again import order_again
from measures.services.retry import retry as retry_measure
from measures.services.tickets import progress_ticket
from users.models import User
from users.roles import Role

ROWS = 50


@require_GET
@only(*PEOPLE)
def measures(request: HttpRequest, user: User) -> HttpResponse:
    """Alarms, tickets and what is on its way."""
    context = {
        "alarms_raised": board.alarms_raised(user),
        "tickets": board.tickets(),
        "flight": Paginator(in_flight(), ROWS).get_page(request.GET.get("page")),
        **frame(user, "measures", now()),
    }
    return render(request, "desk/board.html", context)


@require_GET
@only(*PEOPLE)
def measure(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """One measure: target, state, errors, acknowledgement."""
    return render_measure(request, user, one_measure(id))


@pressed("measure")
@only(*PEOPLE)
def retry(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Send it once more, with the same key."""
    retry_measure(id, user=user, now=now())
    messages.success(request, _("Sent once more, with the same key."))
    return redirect("measure", id=id)


@pressed("measure")
@only(Role.ENGINEER)
def progress(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """The ticket is done, or not possible."""
    form = ProgressForm(request.POST)

    def act() -> None:
        data = form.cleaned_data
        progress_ticket(id, data["target"], data["note"], user=user, now=now())

    if status := attempt(form, act):
        return render_measure(request, user, one_measure(id), status, form)
    messages.success(request, _("The ticket has moved on."))
    return redirect("measure", id=id)


@pressed("measure")
@only(*PEOPLE)
def again(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Order it once more, with a new key."""
    order_again(id, user=user, now=now())
    messages.success(
        request, _("Ordered again, under a new key. The next test shows whether it holds.")
    )
    return redirect("measure", id=id)


@pressed("measure")
@caseworker
def explain(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Note why a finding is no breach."""
    form = ExplainForm(request.POST)

    def act() -> None:
        explain_finding(id, form.cleaned_data["note"], user=user, now=now())

    if status := attempt(form, act):
        return render_measure(request, user, one_measure(id), status, form)
    messages.success(request, _("The note is on record; the tests go on."))
    return redirect("measure", id=id)
