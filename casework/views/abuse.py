"""The record of whoever contests, and what a person decides about manifestly unfounded counter-notices."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.forms import ReasonsForm
from casework.forms_filer import FilerSanctionForm
from casework.presenters.respondent_record import respondent_record
from casework.views.attempt import attempt
from casework.views.guard import caseworker, pressed
from casework.views.queue import frame
from common.clock import now
from common.errors import NotFound
from counternotices.models import CounterNotice
from counternotices.services import abuse
from notices.access import cases_for
from notices.services.regimes import pack_of
from regimes.questions import abuse_policy
from users.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@caseworker
def respondent(request: HttpRequest, user: User, reference: str) -> HttpResponse:
    """Everything they contested; a press warns or suspends, on the occasion of this counter-notice."""
    found = _found(user, reference)
    form = _form(found, request)
    if request.method != "POST":
        return _render(request, user, found, form)
    status = attempt(form, lambda: abuse.impose(found.id, form.sanction(), user=user, now=now()))
    if status:
        return _render(request, user, found, form, status)
    messages.success(request, _("Decided. The user is told why and how to contest it."))
    return redirect("desk-respondent", reference=reference)


@pressed("desk-counter-notice")
@caseworker
def lift(request: HttpRequest, user: User, reference: str, id: UUID) -> HttpResponse:
    """Take a warning or a suspension of this user back, with reasons."""
    found = _found(user, reference)
    if not abuse.sanctions_on(found.respondent_id).filter(id=id).exists():
        raise NotFound(_("There is no such warning or suspension."))
    form = ReasonsForm(request.POST, prefix=f"lift-{id}")
    if status := attempt(form, lambda: abuse.lift(id, form.reasons(), user=user, now=now())):
        return _render(request, user, found, _form(found), status, {id: form})
    messages.success(request, _("Taken back. The user is told."))
    return redirect("desk-respondent", reference=reference)


def _form(found: CounterNotice, request: HttpRequest | None = None) -> FilerSanctionForm:
    typed = request.POST if request is not None and request.method == "POST" else None
    return FilerSanctionForm([pack_of(found.case_regime)], typed, side=abuse.SIDE)


def _found(user: User, reference: str) -> CounterNotice:
    rows = CounterNotice.objects.select_related("case_regime__case", "respondent")
    found = rows.filter(reference=reference, case_regime__case__in=cases_for(user)).first()
    if found is None:
        raise NotFound(_("There is no such counter-notice, or it is not open to you."))
    return found


def _render(
    request: HttpRequest,
    user: User,
    found: CounterNotice,
    form: FilerSanctionForm,
    status: int = 200,
    tried: dict[UUID, ReasonsForm] | None = None,
) -> HttpResponse:
    record, law = respondent_record(found.respondent), pack_of(found.case_regime)
    lifts = tried or {}
    context = {
        "counter": found,
        "record": record,
        "sanctions": [
            (row, lifts.get(row.id) or ReasonsForm(prefix=f"lift-{row.id}"))
            for row in record.sanctions
        ],
        "pack": law,
        "policy": abuse_policy(law, abuse.SIDE),
        "form": form,
        **frame(user, "reviews", now()),
    }
    return render(request, "desk/respondent.html", context, status=status)
