"""What a right holder does about measures from the page of their case."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from common.clock import now
from common.errors import RedressError
from measures.forms import ProposeForm
from measures.presenters.changes import changes_of
from measures.services.probes import propose_probe
from notices.access import case_by_link
from notices.models import Case
from notices.views.track import filer_of
from users.models import LinkPurpose


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, token: str) -> HttpResponse:
    """A prompt for the suite of normal use; a person looks at it before it runs."""
    moment = now()
    case, _link = case_by_link(token, LinkPurpose.TRACK, now=moment)
    models = [(str(one.id), one.model) for one in changes_of(case.id).models if one.may_add]
    if not models:
        messages.info(request, _("No model is being changed for this notice at present."))
        return redirect("track", token)
    form = ProposeForm(request.POST if request.method == "POST" else None, models=models)
    status = 200
    if form.is_bound:
        status = _propose(case, form, moment)
        if not status:
            messages.success(
                request, _("We have your prompt. A person looks at it before it is tested.")
            )
            return redirect("track", token)
    context = {"case": case, "token": token, "form": form}
    return render(request, "portal/probe_new.html", context, status=status)


def _propose(case: Case, form: ProposeForm, moment: datetime) -> int:
    """0 when it is done, else the status to show the form again with."""
    if not form.is_valid():
        return 422
    try:
        said = form.cleaned_data
        propose_probe(case, UUID(said["model"]), said["prompt"], actor=filer_of(case), now=moment)
    except RedressError as error:
        form.add_error("prompt" if error.fields.get("prompt") else None, error.message)
        return 422 if error.status == RedressError.status else error.status
    return 0
