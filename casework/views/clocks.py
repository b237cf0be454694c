"""Clocks at the desk: every running one, the nearest end first; one with its reasons; more time."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from casework.clock_filters import CLOCK_VIEWS
from casework.clock_selectors import ClockRow, clock_counts, clock_for, clocks_for
from casework.forms_clocks import ExtendForm
from casework.presenters import clock_page as presenter
from casework.services.extend_clock import Paper, extend_clock
from casework.views.attempt import attempt
from casework.views.guard import caseworker, pressed
from casework.views.queue import frame
from common.clock import now
from common.errors import NotFound
from common.paging import page_number
from deadlines.selectors import extensions_of
from deadlines.services import Grant
from evidence.responses import download_response
from users.models import User


@require_GET
@caseworker
def clocks(request: HttpRequest, user: User) -> HttpResponse:
    """The list, one view of it."""
    moment = now()
    view = CLOCK_VIEWS.get(request.GET.get("show", "all"), CLOCK_VIEWS["all"])
    found = clocks_for(user, view, page=page_number(request.GET.get("page")))
    counts = clock_counts(user)
    context = {
        "list": found,
        "lines": presenter.lines(found, now=moment),
        "clock_views": [(one, counts[key]) for key, one in CLOCK_VIEWS.items()],
        **frame(user, "clocks", moment),
    }
    return render(request, "desk/clocks.html", context)


@require_GET
@caseworker
def clock(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """One clock."""
    return _render(request, user, _found(user, id))


@pressed("desk-clock")
@caseworker
def extend(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Grant more time. What was typed is kept when it cannot be."""
    found = _found(user, id)
    moment = now()
    form = _form(presenter.detail(found, now=moment), request)
    row = found.clock

    def act() -> None:
        nonlocal row
        data, file = form.cleaned_data, form.cleaned_data["paper"]
        grant = Grant(data["length"], data["reason"])
        paper = Paper(file.name, file.file) if file else None
        row = extend_clock(found.clock, grant, paper, user=user, now=moment)

    if status := attempt(form, act):
        return _render(request, user, found, status, form)
    sentence = (
        _("Extended. The last day is %(day)s now; the parties are told.")
        if row.due_at != found.clock.due_at
        else _("Extended. The last day is still %(day)s: what was added falls on days of rest.")
    )
    messages.success(request, sentence % {"day": row.last_day.isoformat()})
    return redirect("desk-clock", id=id)


@require_GET
@caseworker
def paper(request: HttpRequest, user: User, id: UUID, paper: UUID) -> HttpResponseBase:
    """The paper that shows why more time was granted, the very bytes, as a download."""
    granted = extensions_of(_found(user, id).clock).filter(paper_id=paper).first()
    if granted is None or granted.paper is None:
        raise NotFound(_("There is no such paper."))
    return download_response(granted.paper)


def _found(user: User, id: UUID) -> ClockRow:
    found = clock_for(user, id)
    if found is None:
        raise NotFound(_("There is no such clock, or its case is not open to you."))
    return found


def _form(page: presenter.ClockDetail, request: HttpRequest | None = None) -> ExtendForm:
    given = (request.POST, request.FILES) if request else ()
    return ExtendForm(*given, unit=page.unit, needs_paper=page.needs_paper, prefix="extend")


def _render(
    request: HttpRequest,
    user: User,
    found: ClockRow,
    status: int = 200,
    form: ExtendForm | None = None,
) -> HttpResponse:
    moment = now()
    page = presenter.detail(found, now=moment)
    context = {"page": page, "extend": form or _form(page), **frame(user, "clocks", moment)}
    return render(request, "desk/clock_page.html", context, status=status)
