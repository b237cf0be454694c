"""Finding a complaint about training justified."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from casework.forms import ReasonsForm
from casework.services.training import find_justified
from casework.views.attempt import attempt
from casework.views.case import render_case
from casework.views.guard import caseworker, pressed
from common.clock import now
from notices.access import case_for
from users.models import User


@pressed("desk-case")
@caseworker
def answer(request: HttpRequest, user: User, reference: str) -> HttpResponse:
    """It holds, with reasons that say what will be done."""
    found = case_for(user, reference)
    form = ReasonsForm(request.POST, prefix="training")
    status = attempt(form, lambda: find_justified(found.id, form.reasons(), user=user, now=now()))
    if status:
        return render_case(request, user, reference, status, training=form)
    messages.success(request, _("Answered. The complainant is told what will be done."))
    return redirect("desk-case", reference=reference)
