"""Case files: asked for, waited for, taken away."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from casework.models import Export
from casework.services.export import request_export
from casework.views.guard import caseworker
from casework.views.queue import frame
from common.clock import now
from evidence.responses import download_response
from notices.access import case_for, cases_for
from users.models import User


@require_POST
@caseworker
def export(request: HttpRequest, user: User, reference: str) -> HttpResponse:
    """Ask for a case file."""
    made = request_export(case_for(user, reference), user=user, now=now())
    return redirect("desk-export-page", id=made.id)


@require_GET
@caseworker
def export_page(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Whether it is ready, and both downloads; the page looks again by itself while it is not."""
    context = {"export": _export(user, id), **frame(user, "", now())}
    return render(request, "desk/export.html", context)


@require_GET
@caseworker
def export_file(request: HttpRequest, user: User, id: UUID, part: str) -> HttpResponseBase:
    """The PDF or the ZIP."""
    found = _export(user, id)
    file = {"pdf": found.pdf, "zip": found.bundle}.get(part)
    if file is None:
        raise Http404
    return download_response(file)


def _export(user: User, id: UUID) -> Export:
    exports = Export.objects.select_related("case", "pdf", "bundle", "requested_by")
    return get_object_or_404(exports, id=id, case__in=cases_for(user))
