"""Letters without an electronic address: listed, printed, carried, and their arrival recorded."""

from typing import BinaryIO, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from casework.forms_letters import CarriedForm
from casework.services.carrying import (
    Arrival,
    Slip,
    arrived,
    letter_for,
    letters_for,
    papers_with,
)
from casework.views.guard import caseworker, pressed
from casework.views.queue import frame
from common.clock import now
from evidence.files import FileRefused
from evidence.responses import download_response
from notices.models import Case
from notifications.models import Message
from notifications.services.arriving import ImpossibleArrival
from users.models import User


@require_GET
@caseworker
def letters(request: HttpRequest, user: User) -> HttpResponse:
    """What waits to be carried, the longest waiting first."""
    waiting = list(letters_for(user))
    cases = Case.objects.in_bulk({one.case_id for one in waiting})
    rows = [(one, cases[one.case_id]) for one in waiting]
    context = {"rows": rows, **frame(user, "letters", now())}
    return render(request, "desk/letters.html", context)


@require_GET
@caseworker
def carry(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """One letter, to be printed, and the form that records its arrival."""
    return _render(request, user, letter_for(user, id), _form())


@pressed("desk-carry")
@caseworker
def record(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """It arrived; periods run from that moment."""
    letter = letter_for(user, id)
    form = CarriedForm(request.POST, request.FILES)
    if not form.is_valid():
        return _render(request, user, letter, form)
    said, sent = form.cleaned_data, form.cleaned_data["paper"]
    slip = Slip(cast(BinaryIO, sent.file), sent.name or "") if sent else None
    try:
        arrived(letter, Arrival(said["at"], said["proof"], slip), user=user, now=now())
    except (FileRefused, ImpossibleArrival) as refusal:
        form.add_error("paper" if isinstance(refusal, FileRefused) else "at", refusal.message)
        return _render(request, user, letter, form)
    messages.success(request, _("The arrival is on record."))
    return redirect("desk-letters")


@require_GET
@caseworker
def file(request: HttpRequest, user: User, id: UUID, file: UUID) -> HttpResponseBase:
    """A file that goes with the letter, or the paper that shows its arrival, as a download."""
    letter = letter_for(user, id)
    for one in (*papers_with(letter), letter.arrival_paper):
        if one is not None and one.id == file:
            return download_response(one)
    raise Http404


def _form() -> CarriedForm:
    return CarriedForm(initial={"zone": settings.TIME_ZONE})


def _render(request: HttpRequest, user: User, letter: Message, form: CarriedForm) -> HttpResponse:
    context = {
        "letter": letter,
        "case": Case.objects.get(id=letter.case_id),
        "files": papers_with(letter),
        "form": form,
        **frame(user, "letters", now()),
    }
    return render(request, "desk/carry.html", context, status=422 if form.is_bound else 200)
