"""Calendars at the desk: how far they reach, and next year's notice: looked at first, then put in force."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from casework.forms_calendars import ConfirmForm, NoticeLinesForm, NoticeTextForm
from casework.presenters import calendars as presenter
from casework.views.guard import only, pressed
from casework.views.queue import frame
from common.clock import now
from deadlines.errors import YearRefused
from deadlines.services import loading, previewing
from deadlines.services.loading import Candidate
from deadlines.shelf import shelf
from users.models import User
from users.roles import STAFF, Role

READERS = tuple(sorted(STAFF))
LOADERS = (Role.ADMINISTRATOR, Role.LEGAL)
NoticeForm = NoticeTextForm | NoticeLinesForm


@require_GET
@only(*READERS)
def calendars(request: HttpRequest, user: User) -> HttpResponse:
    """Which calendars there are, how far they reach and from where."""
    return _render(request, user)


@pressed("desk-calendars")
@only(*LOADERS)
def preview(request: HttpRequest, user: User) -> HttpResponse:
    """What the notice would do. What was typed is shown again when it cannot be read."""
    by_lines = request.POST.get("way") == "lines"
    form: NoticeForm = (
        NoticeLinesForm(request.POST, prefix="lines")
        if by_lines
        else NoticeTextForm(request.POST, request.FILES, prefix="text")
    )
    if not form.is_valid():
        return _render(request, user, form)
    try:
        candidate = loading.check(form.cleaned_data["calendar"], form.text())
    except YearRefused as error:
        form.add_error(None, error.message)
        return _render(request, user, form)
    return _preview(request, user, candidate)


@pressed("desk-calendars")
@only(*LOADERS)
def load(request: HttpRequest, user: User) -> HttpResponse:
    """Put in force what was looked at."""
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was loaded: look at the notice first."))
        return redirect("desk-calendars")
    try:
        candidate = loading.check(form.cleaned_data["calendar"], form.text())
        row = loading.load(candidate, user_id=user.id, now=now())
    except YearRefused as error:
        again = {"text-calendar": form.cleaned_data["calendar"], "text-toml": form.text()}
        shown = NoticeTextForm(again, prefix="text")
        shown.add_error(None, error.message)
        return _render(request, user, shown)
    messages.success(
        request,
        _("%(year)s, version %(version)s, is in force. Open clocks are computed anew now.")
        % {"year": row.year, "version": row.version},
    )
    return redirect("desk-calendars")


def _render(request: HttpRequest, user: User, form: NoticeForm | None = None) -> HttpResponse:
    may_load = user.has_role(*LOADERS)
    context: dict[str, object] = {
        "cards": presenter.cards(shelf()),
        "may_load": may_load,
        **frame(user, "calendars", now()),
    }
    if may_load:
        text, lines = NoticeTextForm(prefix="text"), NoticeLinesForm(prefix="lines")
        context["text"] = form if isinstance(form, NoticeTextForm) else text
        context["lines"] = form if isinstance(form, NoticeLinesForm) else lines
    return render(request, "desk/calendars.html", context, status=422 if form else 200)


def _preview(request: HttpRequest, user: User, candidate: Candidate) -> HttpResponse:
    moment = now()
    found = previewing.preview(candidate, moment)
    given = {"calendar": candidate.calendar, "toml": candidate.toml}
    context = {
        "candidate": candidate,
        "preview": found,
        "moves": presenter.moves(found, user),
        "not_shown": found.moving - len(found.moves),
        "confirm": ConfirmForm(initial=given, auto_id=False),
        **frame(user, "calendars", moment),
    }
    return render(request, "desk/calendar_preview.html", context)
