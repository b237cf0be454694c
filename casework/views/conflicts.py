"""Conflicts of laws: those that wait for a person, and deciding one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.forms_conflict import ConflictForm
from casework.services.conflicts import decide
from casework.two_laws import present
from casework.views.attempt import attempt
from casework.views.guard import caseworker
from casework.views.queue import frame
from common.clock import now
from measures.conflict_selectors import one_conflict, open_conflicts
from notices.access import case_for
from users.models import User

ROWS = 200


@require_safe
@caseworker
def conflicts(request: HttpRequest, user: User) -> HttpResponse:
    """What waits for a person, the longest waiting first."""
    rows = [present(row) for row in open_conflicts(user)[:ROWS]]
    context = {"rows": rows, **frame(user, "conflicts", now())}
    return render(request, "desk/conflicts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@caseworker
def conflict(request: HttpRequest, user: User, reference: str, id: UUID) -> HttpResponse:
    """Both laws side by side; a press follows the one or the other, with reasons both sides get."""
    found, status = case_for(user, reference), 200
    row = one_conflict(found.id, id)
    form = ConflictForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        status = attempt(form, lambda: decide(found.id, id, form.choice(), user=user, now=now()))
        if not status:
            messages.success(request, _("Decided. Both sides are told which law is followed."))
            return redirect("desk-case", reference=reference)
    context = {"case": found, "conflict": present(row), "form": form}
    frames = frame(user, "conflicts", now())
    return render(request, "desk/conflict.html", {**context, **frames}, status=status)
