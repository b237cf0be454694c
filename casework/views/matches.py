"""Matches of the output check: those that wait for a person, one with its evidence, deciding it once."""

from typing import Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from casework.forms_matches import DismissMatchForm, UpholdMatchForm
from casework.presenters import matches as presenter
from casework.services import staying_down
from casework.views.attempt import attempt, unsent
from casework.views.guard import caseworker, pressed
from casework.views.queue import frame
from common.clock import now
from common.paging import page_number
from evidence.responses import inline_image_response
from measures.match_selectors import one_match, settled_matches, waiting_matches
from measures.services import match_deciding
from users.models import User

ROWS: Final = 50


@require_GET
@caseworker
def matches(request: HttpRequest, user: User) -> HttpResponse:
    """One page of what waits for a person, or of what is settled."""
    settled = request.GET.get("show") == "settled"
    number = page_number(request.GET.get("page"))
    found = settled_matches(user) if settled else waiting_matches(user)
    rows = list(found[(number - 1) * ROWS : number * ROWS + 1])
    context = {
        "lines": [presenter.line(row) for row in rows[:ROWS]],
        "settled": settled,
        "page": number,
        "more": len(rows) > ROWS,
        **frame(user, "matches", now()),
    }
    return render(request, "desk/matches.html", context)


@require_GET
@caseworker
def match(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """The work and the output side by side."""
    return _render(request, user, id)


@require_GET
@caseworker
def picture(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """The output as the service gave it, drawn anew."""
    file = one_match(user, id).file
    if file is None:
        raise Http404
    return inline_image_response(file)


@pressed("desk-match")
@caseworker
def uphold(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """A further item of the case, with its measure, and the reasons to the user."""
    one_match(user, id)
    form = UpholdMatchForm(request.POST)

    def act() -> None:
        staying_down.uphold(id, form.finding(), user=user, now=now())

    if status := attempt(form, act):
        return _render(request, user, id, status, form)
    messages.success(request, _("Upheld. The user gets your reasons."))
    return redirect("desk-match", id=id)


@pressed("desk-match")
@caseworker
def dismiss(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Nothing follows, and why."""
    one_match(user, id)
    form = DismissMatchForm(request.POST)

    def act() -> None:
        match_deciding.dismiss(id, form.cleaned_data["reason"], user=user, now=now())

    if status := attempt(form, act):
        return _render(request, user, id, status, form)
    messages.success(request, _("Dismissed. Your reason stays with the match."))
    return redirect("desk-matches")


def _render(
    request: HttpRequest, user: User, id: UUID, status: int = 200, *tried: forms.Form
) -> HttpResponse:
    page = presenter.page(one_match(user, id))
    given = {type(form): form for form in tried}
    context = {
        "page": page,
        "match": page.line.match,
        "uphold": given.get(UpholdMatchForm) or UpholdMatchForm(),
        "dismiss": given.get(DismissMatchForm) or DismissMatchForm(),
        "unsent": unsent(tried, shown=page.waits),
        **frame(user, "matches", now()),
    }
    return render(request, "desk/match.html", context, status=status)
