"""One case: evidence left, decision right; every press is a service of its own."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from casework.forms import AskForm, ReasonsForm
from casework.forms_uphold import UpholdForm
from casework.models import Export
from casework.presenters import advice
from casework.presenters.bars import proposed_reasons
from casework.presenters.case import page
from casework.presenters.tried import Tried, tried_of
from casework.services.reach import Reaches, would_touch
from casework.services.uphold import uphold
from casework.views.attempt import attempt, unsent
from casework.views.guard import caseworker, pressed
from casework.views.queue import frame
from common.clock import now
from common.errors import RedressError
from notices.access import case_for
from notices.selectors import owners
from notices.services.claims import claim, release
from notices.services.decisions import Ruling, decline
from notices.services.information import Question, request_information
from notices.services.kin import ask_again
from notices.services.trace_items import belongs_to
from notices.states import CaseState
from platforms.services import client
from users.models import User
from users.roles import Role

MOST_DIGITS: Final = 6


@dataclass(frozen=True)
class Shown:
    """What the measures ticked so far would touch, and the prompts that the block would meet."""

    reaches: Reaches
    tried: Tried | None


@require_GET
@caseworker
def case(request: HttpRequest, user: User, reference: str) -> HttpResponse:
    """The case page."""
    return render_case(request, user, reference)


@pressed("desk-case")
@caseworker
def claim_case(request: HttpRequest, user: User, reference: str) -> HttpResponse:
    """Take the case."""
    claim(case_for(user, reference).id, user=user, now=now())
    return redirect("desk-case", reference=reference)


@pressed("desk-case")
@caseworker
def release_case(request: HttpRequest, user: User, reference: str) -> HttpResponse:
    """Give the case back."""
    release(case_for(user, reference).id, user=user, now=now())
    return redirect("desk-queue", view="triage")


@pressed("desk-case")
@caseworker
def ask(request: HttpRequest, user: User, reference: str) -> HttpResponse:
    """Ask the filer for exactly what is missing."""
    found = case_for(user, reference)
    form = AskForm(found, get_language() or "en", request.POST, prefix="ask")

    def act() -> None:
        question = Question(form.cleaned_data["elements"], form.cleaned_data["message"])
        request_information(found.id, question, user=user, now=now())

    if status := attempt(form, act):
        return render_case(request, user, reference, status, ask=form)
    messages.success(request, _("The filer has been asked. Our clock waits meanwhile."))
    return redirect("desk-case", reference=reference)


@pressed("desk-case")
@caseworker
def uphold_case(request: HttpRequest, user: User, reference: str) -> HttpResponse:
    """Accept in whole or in part, with measures and letters."""
    found = case_for(user, reference)
    form = UpholdForm(found, owners(found), request.POST, prefix="uphold")

    def act() -> None:
        moment = now()
        orders = form.orders(moment)
        uphold(found.id, form.ruling(), orders, form.intents(), user=user, now=moment)

    if status := attempt(form, act):
        return render_case(request, user, reference, status, uphold=form)
    messages.success(request, _("Upheld. Measures are on their way; everybody concerned is told."))
    return redirect("desk-case", reference=reference)


@pressed("desk-case")
@caseworker
def ask_kin(request: HttpRequest, user: User, reference: str) -> HttpResponse:
    """Have the service asked again what the items reach."""
    ask_again(case_for(user, reference).id, user=user, now=now())
    messages.success(request, _("The service is being asked again. Reload the page in a moment."))
    return redirect("desk-case", reference=reference)


@pressed("desk-case")
@caseworker
def link_trace(request: HttpRequest, user: User, reference: str, id: UUID) -> HttpResponse:
    """Say which item a session is that a number in a file led to."""
    number = request.POST.get("item", "")
    if not (number.isascii() and number.isdigit() and len(number) < MOST_DIGITS):
        raise RedressError(_("Choose the item."))
    belongs_to(case_for(user, reference).id, id, int(number), user=user, now=now())
    messages.success(request, _("Linked. The item was found by its label."))
    return redirect("desk-case", reference=reference)


@pressed("desk-case")
@caseworker
def touch(request: HttpRequest, user: User, reference: str) -> HttpResponse:
    """What the measures ticked so far would touch: the form again, as typed, with the service's counts. Orders nothing."""
    found = case_for(user, reference)
    form = UpholdForm.as_typed(found, owners(found), request.POST, prefix="uphold")
    wished = form.wished()
    shown = Shown(would_touch(wished, client()), tried_of(wished, now()))
    return render_case(request, user, reference, shown=shown, uphold=form)


@pressed("desk-case")
@caseworker
def decline_case(request: HttpRequest, user: User, reference: str) -> HttpResponse:
    """Refuse the notice with reasons."""
    found = case_for(user, reference)
    form = ReasonsForm(request.POST, prefix="decline")

    def act() -> None:
        decline(found.id, Ruling(form.reasons()), user=user, now=now())

    if status := attempt(form, act):
        return render_case(request, user, reference, status, decline=form)
    messages.success(request, _("Declined. The filer is told why."))
    return redirect("desk-case", reference=reference)


def render_case(
    request: HttpRequest,
    user: User,
    reference: str,
    status: int = 200,
    *,
    shown: Shown | None = None,
    **tried: Form,
) -> HttpResponse:
    """The case as it stands now, with a form that was tried as it was typed."""
    moment, found = now(), case_for(user, reference)
    mine = found.claimed_by_id == user.id
    deciding = mine and found.state == CaseState.IN_REVIEW
    context = {
        "page": page(found, now=moment),
        "mine": mine,
        "deciding": deciding,
        "unsent": unsent(tried.values(), shown=deciding),
        "reaches": shown.reaches if shown else None,
        "tried": shown.tried if shown else None,
        "may_tell_users": found.state == CaseState.ACCEPTED and user.has_role(Role.LEGAL),
        "exports": Export.objects.filter(case=found).select_related("requested_by")[:5],
        **frame(user, "", moment),
    }
    if deciding:
        form = tried.get("uphold") or UpholdForm(found, owners(found), prefix="uphold")
        context["uphold"], context["people"] = form, advice.rows(form, found, now=moment)
        context["training"] = tried.get("training") or ReasonsForm(prefix="training")
        context["ask"] = tried.get("ask") or AskForm(found, get_language() or "en", prefix="ask")
        context["decline"] = tried.get("decline") or ReasonsForm(
            prefix="decline", initial=proposed_reasons(found)
        )
    return render(request, "desk/case.html", context, status=status)
