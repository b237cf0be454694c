"""The developers' page: keys, a prompt check to play with, snippets, event types. Open in the demo, else for staff."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from casework.forms_developers import KeyForm, TryForm
from casework.presenters import developers as presenter
from casework.services.playground import Check, check
from casework.views.attempt import attempt
from casework.views.guard import View, only, pressed
from common.actors import staff
from common.clock import now
from common.errors import NotFound
from notices.access import require_role
from users.models import User
from users.roles import STAFF
from users.services import people

READERS = tuple(sorted(STAFF))


def reader(view: View) -> View:
    """Let everybody in while this is a demo, staff otherwise."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        return (view if settings.DEMO else closed)(request, **kwargs)

    @login_required
    def closed(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        require_role(request.user, *READERS)
        return view(request, **kwargs)

    return guarded


@require_GET
@reader
def developers(request: HttpRequest) -> HttpResponse:
    """The page."""
    return _render(request)


@pressed("developers", of_all=True)
@reader
def try_prompt(request: HttpRequest) -> HttpResponse:
    """Ask the guard about a prompt. Nothing of it is kept here."""
    form, found = TryForm(request.POST), list[Check]()
    status = attempt(form, _into(found, form))
    return _render(request, status=status or 200, form=form, check=found[0] if found else None)


@pressed("developers", of_all=True)
@only(*READERS)
def new_key(request: HttpRequest, user: User) -> HttpResponse:
    """A key of one's own, shown in the answer and never again."""
    form, made = KeyForm(request.POST), list[str]()

    def act() -> None:
        name = form.cleaned_data["name"]
        made.append(people.issue_token(user, name, by=staff(user.id), now=now()))

    status = attempt(form, act)
    response = _render(request, status=status or 200, key_form=form, key="".join(made))
    response["Cache-Control"] = "no-store"
    return response


@pressed("developers", of_all=True)
@only(*READERS)
def revoke_key(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """End a key of one's own at once."""
    mine = [one for one in people.live_tokens(user) if one.id == id]
    if not mine:
        raise NotFound(_("There is no such key, or it has ended."))
    people.revoke_token(mine[0], by=staff(user.id), now=now())
    messages.success(request, _("The key has ended."))
    return redirect("developers")


def _into(found: list[Check], form: TryForm) -> Callable[[], None]:
    return lambda: found.append(check(form.cleaned_data["prompt"]))


def _render(request: HttpRequest, status: int = 200, **shown: object) -> HttpResponse:
    user = request.user
    is_staff = isinstance(user, User) and user.has_role(*READERS)
    context = {
        "snippets": presenter.snippets(),
        "types": presenter.type_lines(),
        "form": TryForm(),
        "key_form": KeyForm(),
        "keys": people.live_tokens(user) if is_staff and isinstance(user, User) else None,
        "here": settings.PUBLIC_URL,
        **shown,
    }
    return render(request, "developers/page.html", context, status=status)
