"""The assessment sheet at the desk: filled in by a person, kept version by version. No party sees it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.assessment.sheet import parts
from casework.assessment_selectors import assessments_of, latest_assessment, one_assessment
from casework.forms_assessment import AssessmentForm
from casework.presenters.assessment import blocks
from casework.services.assess import assess
from casework.views.attempt import attempt
from casework.views.guard import caseworker
from casework.views.queue import frame
from common.clock import now
from notices.access import case_for
from notices.models import Case
from users.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@caseworker
def assessment(request: HttpRequest, user: User, reference: str) -> HttpResponse:
    """The sheet to fill in; a press records a further version."""
    found, status = case_for(user, reference), 200
    tried = AssessmentForm(request.POST) if request.method == "POST" else None
    if tried is not None:
        status, seen = _record(request, user, found, tried)
        if not status:
            messages.success(request, _("Recorded. Earlier versions stay as they were."))
            return redirect("desk-assessment-version", reference=reference, version=seen + 1)
    last = latest_assessment(found.id)
    form = tried or AssessmentForm.beginning(last)
    context = {
        "case": found,
        "form": form,
        "blocks": blocks(found, form),
        "last": last,
        "after": last.version if last else 0,
        "versions": assessments_of(found.id).defer("answers", "held"),
        **frame(user, "", now()),
    }
    return render(request, "desk/assessment.html", context, status=status)


@require_safe
@caseworker
def version(request: HttpRequest, user: User, reference: str, version: int) -> HttpResponse:
    """One recorded version, and what it changed against the one before."""
    found = case_for(user, reference)
    row = one_assessment(found.id, version)
    before = one_assessment(found.id, version - 1) if version > 1 else None
    context = {
        "case": found,
        "row": row,
        "parts": parts(row, before),
        "versions": assessments_of(found.id).defer("answers", "held"),
        **frame(user, "", now()),
    }
    return render(request, "desk/assessment_version.html", context)


def _record(request: HttpRequest, user: User, case: Case, form: AssessmentForm) -> tuple[int, int]:
    """The status to show the form again with, 0 when it is recorded, and the version that the person had."""
    seen, moment = _number(request.POST.get("after")), now()
    status = attempt(
        form, lambda: assess(case.id, form.answers(), after=seen, user=user, now=moment)
    )
    return status, seen


def _number(text: str | None) -> int:
    """The version that the person had before them; what is no number was no page of ours."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else 0
