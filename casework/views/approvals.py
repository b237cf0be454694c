"""The second pair of eyes: proposals of others, never one's own."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from casework.forms import RefuseForm
from casework.views.guard import only
from casework.views.queue import frame
from common.clock import now
from measures.selectors import awaiting_approval
from measures.services.approval import approve, refuse
from users.models import User
from users.roles import Role


@require_GET
@only(Role.APPROVER)
def approvals(request: HttpRequest, user: User) -> HttpResponse:
    """What waits for this person's approval."""
    waiting = awaiting_approval(user).prefetch_related("grounds__case", "grounds__item")
    context = {"waiting": waiting, "refuse": RefuseForm(), **frame(user, "approvals", now())}
    return render(request, "desk/approvals.html", context)


@require_POST
@only(Role.APPROVER)
def approve_measure(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Agree; the measure is sent off."""
    approve(id, user=user, now=now())
    messages.success(request, _("Approved. The measure is on its way."))
    return redirect("desk-approvals")


@require_POST
@only(Role.APPROVER)
def refuse_measure(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Do not agree, and say why."""
    form = RefuseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why you do not agree."))
        return redirect("desk-approvals")
    refuse(id, form.cleaned_data["reason"], user=user, now=now())
    messages.success(request, _("Refused. Whoever ordered the measure sees your reason."))
    return redirect("desk-approvals")
