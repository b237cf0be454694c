"""What courts awarded about a case: recorded from the paper, shown on the case page."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.forms_award import AwardForm
from casework.views.attempt import attempt
from casework.views.guard import caseworker
from casework.views.queue import frame
from common.clock import now
from counternotices.selectors import awards_in
from counternotices.services.awards import Judgment, record_award
from evidence.files import seal
from evidence.responses import download_response
from notices.access import case_for
from users.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@caseworker
def award(request: HttpRequest, user: User, reference: str) -> HttpResponse:
    """A judgment with sums, of a suit that no counter-notice waits for."""
    found, status = case_for(user, reference), 200
    form = AwardForm(request.POST or None, request.FILES or None)

    @transaction.atomic
    def act() -> None:
        moment, data = now(), form.cleaned_data
        file = seal(data["file"], name=data["file"].name, at=moment)
        paper = (data["body"], data["number"], file, data["effective_at"])
        record_award(found.id, Judgment(*paper, form.sums()), user=user, now=moment)

    if request.method == "POST":
        status = attempt(form, act)
        if not status:
            messages.success(request, _("On record. Measures and clocks are not touched by it."))
            return redirect("desk-case", reference=reference)
    context = {"case": found, "form": form, **frame(user, "", now())}
    return render(request, "desk/award.html", context, status=status)


@require_safe
@caseworker
def paper(request: HttpRequest, user: User, reference: str, id: UUID) -> HttpResponseBase:
    """The paper of an award, the very bytes, as a download."""
    found = awards_in(case_for(user, reference).id).filter(id=id).first()
    if found is None:
        raise Http404
    return download_response(found.file)
