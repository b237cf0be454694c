"""A platform user at the desk: the ladder, what stands on it, sanctions and appeals."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from casework.presenters.rules import prompts_of
from casework.views.guard import caseworker, pressed
from casework.views.queue import frame
from common.clock import now
from common.errors import NotFound
from measures.presenters.ladder import ladder_of
from measures.services.volume import count_things
from measures.standing_selectors import appeals_of
from platforms.models import PlatformUser
from platforms.services import client
from users.models import User


@require_GET
@caseworker
def person(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Where this user stands, and why."""
    moment, found = now(), _found(id)
    context = {
        "person": found,
        "ladder": ladder_of(found.id, now=moment),
        "appeals": appeals_of(found.id),
        **prompts_of(found.external_id, moment),
        **frame(user, "", moment),
    }
    return render(request, "desk/user.html", context)


@pressed("desk-user")
@caseworker
def count(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Ask the service how much this user has."""
    if count_things(_found(id).id, client(), now()) is None:
        messages.info(request, _("The service does not say. The share stays unknown."))
    else:
        messages.success(request, _("The service answered."))
    return redirect("desk-user", id=id)


def _found(id: UUID) -> PlatformUser:
    found = PlatformUser.objects.filter(id=id).first()
    if found is None:
        raise NotFound(_("There is no such user."))
    return found
