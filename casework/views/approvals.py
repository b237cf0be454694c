"""The second pair of eyes: proposals of others, never one's own."""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from casework.forms import RefuseForm
from casework.presenters.tried import when_ordered
from casework.views.attempt import attempt, unsent
from casework.views.guard import only, pressed
from casework.views.queue import frame
from common.clock import now
from measures.selectors import awaiting_approval
from measures.services.approval import approve, refuse
from measures.services.terms import longest
from users.models import User
from users.roles import Role


@require_GET
@only(Role.APPROVER)
def approvals(request: HttpRequest, user: User) -> HttpResponse:
    """What waits for this person's approval."""
    return _render(request, user)


@pressed("desk-approvals", of_all=True)
@only(Role.APPROVER)
def approve_measure(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Agree; the measure is sent off."""
    approve(id, user=user, now=now())
    messages.success(request, _("Approved. The measure is on its way."))
    return redirect("desk-approvals")


@pressed("desk-approvals", of_all=True)
@only(Role.APPROVER)
def refuse_measure(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Do not agree, and say why."""
    form = _form(id, request.POST)

    def act() -> None:
        refuse(id, form.cleaned_data["reason"], user=user, now=now())

    if status := attempt(form, act):
        return _render(request, user, status, {id: form})
    messages.success(request, _("Refused. Whoever ordered the measure sees your reason."))
    return redirect("desk-approvals")


def _render(
    request: HttpRequest,
    user: User,
    status: int = 200,
    tried: Mapping[UUID, RefuseForm] = MappingProxyType({}),
) -> HttpResponse:
    waiting = awaiting_approval(user).prefetch_related("grounds__case", "grounds__item")
    forms = {measure.id: tried.get(measure.id) or _form(measure.id) for measure in waiting}
    tried_blocks = when_ordered(waiting)
    context = {
        "waiting": [
            (measure, forms[measure.id], tried_blocks.get(measure.id), longest(measure))
            for measure in waiting
        ],
        "unsent": unsent(tried.values(), shown=all(id in forms for id in tried)),
        **frame(user, "approvals", now()),
    }
    return render(request, "desk/approvals.html", context, status=status)


def _form(id: UUID, data: QueryDict | None = None) -> RefuseForm:
    """The form beside one measure; every field's id on the page is its own."""
    return RefuseForm(data, auto_id=f"why-{id}-%s")
