"""Passing a measure on to an upstream provider, and recording what it answered."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from casework.forms_measures import PassOnForm, UpstreamAcknowledgedForm
from casework.views.attempt import attempt
from casework.views.guard import caseworker, pressed
from casework.views.measure_page import prefix_of, providers_left, render_measure
from common.clock import now
from evidence.files import seal
from evidence.responses import download_response
from measures.models import UpstreamRequest
from measures.selectors import one_measure
from measures.services import upstream
from measures.upstream_selectors import passed_on
from notices.access import cases_for
from users.models import User


@pressed("measure")
@caseworker
def pass_on(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Write to the provider that the generation record names."""
    found = one_measure(id)
    form = PassOnForm(request.POST, providers=providers_left(found, list(passed_on(found))))

    def act() -> None:
        said = form.cleaned_data
        wanted = upstream.PassOn(said["provider"], said["address"], said["language"])
        upstream.pass_on(id, wanted, user=user, now=now())

    if status := attempt(form, act):
        return render_measure(request, user, one_measure(id), status, form)
    messages.success(
        request, _("The letter is written, and the clock of its acknowledgement runs.")
    )
    return redirect("measure", id=id)


def acknowledged(request: HttpRequest, id: UUID, request_id: UUID) -> HttpResponseBase:
    """The provider acknowledged, and a paper shows it."""
    if request.method != "POST":
        return redirect("measure", id=id)
    return _acknowledged(request, id=id, request_id=request_id)


@caseworker
def _acknowledged(request: HttpRequest, user: User, id: UUID, request_id: UUID) -> HttpResponse:
    found, moment = _found(user, id, request_id), now()
    form = UpstreamAcknowledgedForm(request.POST, request.FILES, prefix=prefix_of(request_id))

    @transaction.atomic
    def act() -> None:
        said = form.cleaned_data
        paper = seal(said["paper"], name=said["paper"].name, at=moment)
        told = upstream.Acknowledged(said["at"], said["proof"], paper)
        upstream.acknowledge(found.id, told, user=user, now=moment)

    if status := attempt(form, act):
        return render_measure(request, user, one_measure(id), status, form)
    messages.success(request, _("The acknowledgement is on record, with its paper."))
    return redirect("measure", id=id)


@require_GET
@caseworker
def paper(request: HttpRequest, user: User, id: UUID, request_id: UUID) -> HttpResponseBase:
    """The paper of an acknowledgement, the very bytes."""
    found = _found(user, id, request_id)
    if found.proof is None:
        raise Http404
    return download_response(found.proof)


def _found(user: User, id: UUID, request_id: UUID) -> UpstreamRequest:
    seen = passed_on(one_measure(id)).filter(id=request_id, case__in=cases_for(user))
    found = seen.first()
    if found is None:
        raise Http404
    return found
