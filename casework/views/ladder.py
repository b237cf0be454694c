"""The ladder: what is in force, trying another one, and switching it on."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from casework.forms_ladder import LadderForm
from casework.presenters.ladder_page import Tried, ladder_page, tried
from casework.views.attempt import attempt
from casework.views.guard import only, pressed
from casework.views.queue import frame
from common.clock import now
from measures.services.policies import (
    SWITCHERS,
    propose_policy,
    refuse_policy,
    simulate,
    switch_on,
)
from measures.standing_selectors import policy_in_force
from users.models import User
from users.roles import CASEWORKERS, Role

READERS = (*sorted(CASEWORKERS), Role.ADMINISTRATOR)


@require_GET
@only(*READERS)
def ladder(request: HttpRequest, user: User) -> HttpResponse:
    """What is in force, and every version so far."""
    return _render(request, user, LadderForm(policy_in_force()[1]))


@pressed("desk-ladder", of_all=True)
@only(*READERS)
def simulate_ladder(request: HttpRequest, user: User) -> HttpResponse:
    """Whom the typed ladder would have touched. Changes nothing."""
    form, found = LadderForm(policy_in_force()[1], request.POST), None
    if form.is_valid():
        found = tried(simulate(form.policy(), form.cleaned_data["months"], now=now()))
    return _render(request, user, form, 200 if found else 422, found)


@pressed("desk-ladder", of_all=True)
@only(*SWITCHERS)
def propose_ladder(request: HttpRequest, user: User) -> HttpResponse:
    """Put the typed ladder forward."""
    form = LadderForm(policy_in_force()[1], request.POST)

    def act() -> None:
        data = form.cleaned_data
        propose_policy(form.policy(), data["months"], data["reasons"], user=user, now=now())

    if status := attempt(form, act):
        return _render(request, user, form, status)
    messages.success(request, _("Put forward. The other of administrator and legal must agree."))
    return redirect("desk-ladder")


@pressed("desk-ladder", of_all=True)
@only(*SWITCHERS)
def agree(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Switch it on."""
    switch_on(id, user=user, now=now())
    messages.success(
        request, _("In force from now on. Marks that were given keep what they weigh.")
    )
    return redirect("desk-ladder")


@pressed("desk-ladder", of_all=True)
@only(*SWITCHERS)
def refuse(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Do not agree, or take it back."""
    refuse_policy(id, user=user, now=now())
    messages.success(request, _("Not agreed to. What was in force stays."))
    return redirect("desk-ladder")


def _render(
    request: HttpRequest,
    user: User,
    form: LadderForm,
    status: int = 200,
    found: Tried | None = None,
) -> HttpResponse:
    context = {
        "page": ladder_page(user),
        "form": form,
        "tried": found,
        "may_switch": user.has_role(*SWITCHERS),
        **frame(user, "ladder", now()),
    }
    return render(request, "desk/ladder.html", context, status=status)
