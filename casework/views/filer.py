"""The filer's record, and what a person decides about wrong notices."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.forms import ReasonsForm
from casework.forms_filer import FilerSanctionForm
from casework.presenters import filer_record
from casework.views.attempt import attempt
from casework.views.guard import caseworker, pressed
from casework.views.queue import frame
from common.clock import now
from common.errors import NotFound
from notices.access import case_for
from notices.filers import filer_of, sanctions_of
from notices.models import Notice
from notices.presenters.own_record import own_record
from notices.services import sanctions
from notices.services.regimes import packs_of
from users.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@caseworker
def filer(request: HttpRequest, user: User, reference: str) -> HttpResponse:
    """Everything we know of the filer; a press warns or suspends, on the occasion of this case."""
    found = case_for(user, reference)
    form = FilerSanctionForm(packs_of(found), request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = attempt(
            form, lambda: sanctions.impose(found.id, form.sanction(), user=user, now=now())
        )
        if not status:
            messages.success(request, _("Decided. The filer is told why and how to contest it."))
            return redirect("desk-filer", reference=reference)
    return _render(request, user, reference, form, status)


@pressed("desk-case")
@caseworker
def lift(request: HttpRequest, user: User, reference: str, id: UUID) -> HttpResponse:
    """Take a warning or a suspension of this filer back, with reasons."""
    found = case_for(user, reference)
    if not sanctions_of(filer_of(Notice.objects.get(case=found))).filter(id=id).exists():
        raise NotFound(_("There is no such warning or suspension."))
    form = ReasonsForm(request.POST, prefix=f"lift-{id}")
    status = attempt(form, lambda: sanctions.lift(id, form.reasons(), user=user, now=now()))
    if status:
        blank = FilerSanctionForm(packs_of(found))
        return _render(request, user, reference, blank, status, {id: form})
    messages.success(request, _("Taken back. The filer is told."))
    return redirect("desk-filer", reference=reference)


def _render(
    request: HttpRequest,
    user: User,
    reference: str,
    form: FilerSanctionForm,
    status: int,
    tried: dict[UUID, ReasonsForm] | None = None,
) -> HttpResponse:
    found = case_for(user, reference)
    notice = Notice.objects.get(case=found)
    record = filer_record.record(notice)
    lifts = tried or {}
    context = {
        "case": found,
        "record": record,
        "own": own_record(notice, now=now()),
        "sanctions": [
            (row, lifts.get(row.id) or ReasonsForm(prefix=f"lift-{row.id}"))
            for row in record.sanctions
        ],
        "earlier": filer_record.earlier(record.filer),
        "policies": filer_record.policies(found),
        "form": form,
        **frame(user, "", now()),
    }
    return render(request, "desk/filer.html", context, status=status)
