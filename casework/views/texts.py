"""Texts that users are shown: listed, written, approved by a second person, ended."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casework.forms import RefuseForm
from casework.forms_texts import EndForm, TextForm, VersionForm, filled_in, kinds_explained
from casework.presenters import texts as presenter
from casework.services import texts as service
from casework.views.attempt import attempt
from casework.views.guard import caseworker, only, pressed
from casework.views.queue import frame
from common.actors import staff
from common.clock import now
from common.errors import NotFound
from common.paging import page_number
from screening.display_selectors import APPROVERS, newest_versions
from screening.models import DisplayText
from screening.services.display import end_text, refuse_text
from screening.states import KIND_NAMES, TextKind, TextState
from users.models import User
from users.roles import Role

PAGE: Final = 50


@require_GET
@caseworker
def texts(request: HttpRequest, user: User) -> HttpResponse:
    """Every text by its newest version, of one kind if it is named."""
    moment, number = now(), page_number(request.GET.get("page"))
    kind, first = request.GET.get("kind", ""), (number - 1) * PAGE
    found = newest_versions()
    found = found.filter(kind=kind) if kind in set(TextKind) else found
    rows = list(found[first : first + PAGE + 1])
    context = {
        "lines": presenter.lines(rows[:PAGE], moment),
        "kinds": [(str(one), KIND_NAMES[one]) for one in TextKind],
        "kind": kind,
        "page": number,
        "more": len(rows) > PAGE,
        "may_write": user.has_role(Role.LEGAL),
        **frame(user, "texts", moment),
    }
    return render(request, "desk/texts.html", context)


@require_http_methods(["GET", "POST"])
@only(Role.LEGAL)
def new(request: HttpRequest, user: User) -> HttpResponse:
    """A new text; `?case=` and `?kind=` fill the form in."""
    asked = {"case_reference": request.GET.get("case", ""), "kind": request.GET.get("kind", "")}
    form = TextForm(request.POST) if request.method == "POST" else TextForm(initial=asked)
    made: list[DisplayText] = []
    status = 0
    if request.method == "POST":
        status = attempt(form, lambda: made.append(_write(form, user)))
    if made:
        return _told(request, made[0])
    context = {"form": form, "kinds": kinds_explained(), **frame(user, "texts", now())}
    return render(request, "desk/text_new.html", context, status=status or 200)


@require_GET
@caseworker
def text(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """One version with its siblings, how often it was shown, and what may be done."""
    return _render(request, user, _found(id))


@require_http_methods(["GET", "POST"])
@only(Role.LEGAL)
def version(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """The next version of a text, beginning from what this one says."""
    of = _found(id)
    form = VersionForm(request.POST) if request.method == "POST" else filled_in(of)
    made: list[DisplayText] = []
    status = 0
    if request.method == "POST":
        status = attempt(form, lambda: made.append(_write(form, user, of)))
    if made:
        return _told(request, made[0])
    context = {"form": form, "of": of, **frame(user, "texts", now())}
    return render(request, "desk/text_new.html", context, status=status or 200)


@pressed("desk-text")
@only(*APPROVERS)
def approve(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Let users see it."""
    found, form = _found(id), EndForm(request.POST)
    if status := attempt(form, lambda: service.approve(found, user=user, now=now())):
        return _render(request, user, _found(id), form, status)
    messages.success(request, _("Approved. Users see it from its first moment on."))
    return redirect("desk-text", id=id)


@pressed("desk-text")
@only(*APPROVERS)
def refuse(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Do not let users see it, or take one's own proposal back."""
    found, form = _found(id), RefuseForm(request.POST)

    def act() -> None:
        refuse_text(found.id, form.cleaned_data["reason"], user=user, now=now())

    if status := attempt(form, act):
        return _render(request, user, _found(id), form, status)
    messages.success(request, _("Refused. Users go on seeing what they saw."))
    return redirect("desk-text", id=id)


@pressed("desk-text")
@only(Role.LEGAL)
def end(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Show it no more."""
    found, form = _found(id), EndForm(request.POST)

    def act() -> None:
        end_text(found.id, "by_hand", actor=staff(user.id), now=now())

    if status := attempt(form, act):
        return _render(request, user, _found(id), form, status)
    messages.success(request, _("Ended. Users no longer see it."))
    return redirect("desk-text", id=id)


def _write(form: VersionForm, user: User, of: DisplayText | None = None) -> DisplayText:
    return service.write(form.wish(of), user=user, now=now())


def _told(request: HttpRequest, made: DisplayText) -> HttpResponse:
    sentence = (
        _("Written. A second person approves it before users see it.")
        if made.state == TextState.PROPOSED
        else _("Written. Users see it from its first moment on.")
    )
    messages.success(request, sentence)
    return redirect("desk-text", id=made.id)


def _found(id: UUID) -> DisplayText:
    people = ("written_by", "decided_by")
    row = DisplayText.objects.select_related(*people).filter(pk=id).first()
    if row is None:
        raise NotFound(_("There is no such text."))
    return row


def _render(
    request: HttpRequest,
    user: User,
    found: DisplayText,
    tried: Form | None = None,
    status: int = 200,
) -> HttpResponse:
    moment = now()
    refused = tried if isinstance(tried, RefuseForm) else None
    context = {
        "page": presenter.page(found, user, moment),
        "tried": tried,
        "refuse": refused or RefuseForm(),
        **frame(user, "texts", moment),
    }
    return render(request, "desk/text.html", context, status=status)
