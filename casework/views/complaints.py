"""The filer's complaint at the desk: answered by another person than the one who decided."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from casework.forms import ReasonsForm
from casework.forms_uphold import UpholdForm
from casework.presenters import clocks
from casework.services.reverse import reverse
from casework.views.attempt import attempt, unsent
from casework.views.guard import caseworker, pressed
from casework.views.queue import frame
from common.clock import now
from counternotices.models import Complaint
from counternotices.services.complaints import reject as reject_complaint
from counternotices.states import ComplaintState
from deadlines.selectors import running_for_case
from notices.access import cases_for
from notices.selectors import owners
from users.models import User


@require_GET
@caseworker
def complaint(request: HttpRequest, user: User, reference: str) -> HttpResponse:
    """One complaint."""
    return _render(request, user, _found(user, reference))


@pressed("desk-complaint")
@caseworker
def reject(request: HttpRequest, user: User, reference: str) -> HttpResponse:
    """The refusal was right, with reasons in both languages."""
    found = _found(user, reference)
    form = ReasonsForm(request.POST, prefix="reject")

    def act() -> None:
        reject_complaint(found.id, form.reasons(), user=user, now=now())

    if status := attempt(form, act):
        return _render(request, user, found, status, reject=form)
    messages.success(request, _("Answered. The filer is told why, and what can still be done."))
    return redirect("desk-complaint", reference=reference)


@pressed("desk-complaint")
@caseworker
def uphold(request: HttpRequest, user: User, reference: str) -> HttpResponse:
    """The refusal was wrong: the items are upheld and the measures ordered at once."""
    found = _found(user, reference)
    case = found.case_regime.case
    form = UpholdForm(case, owners(case), request.POST, prefix="uphold")

    def act() -> None:
        moment = now()
        orders = form.orders(moment)
        reverse(found.id, form.ruling(), orders, form.intents(), user=user, now=moment)

    if status := attempt(form, act):
        return _render(request, user, found, status, uphold=form)
    messages.success(
        request, _("Reversed. Measures are on their way; everybody concerned is told.")
    )
    return redirect("desk-complaint", reference=reference)


def _found(user: User, reference: str) -> Complaint:
    found = Complaint.objects.select_related(
        "case_regime__case__decision", "reviewed_by", "decision_by"
    ).filter(reference=reference, case_regime__case__in=cases_for(user))
    if not found.exists():
        raise Http404
    return found.get()


def _render(
    request: HttpRequest, user: User, found: Complaint, status: int = 200, **tried: Form
) -> HttpResponse:
    """The complaint, with a form that was tried as it was typed."""
    moment, case = now(), found.case_regime.case
    rows = running_for_case(case.id).filter(subject_id=found.id)
    may_answer = found.state == ComplaintState.FILED and found.decision_by_id != user.id
    context = {
        "complaint": found,
        "case": case,
        "clocks": [clocks.present(row, now=moment, why=True) for row in rows],
        "decided_by_you": found.decision_by_id == user.id,
        "may_answer": may_answer,
        "unsent": unsent(tried.values(), shown=may_answer),
        "reject": tried.get("reject") or ReasonsForm(prefix="reject"),
        "uphold": tried.get("uphold") or UpholdForm(case, owners(case), prefix="uphold"),
        **frame(user, "reviews", moment),
    }
    return render(request, "desk/complaint.html", context, status=status)
