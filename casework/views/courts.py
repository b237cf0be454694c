"""Courts at the desk: an application or order is recorded from its paper, and so is its end."""

from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casework.forms_courts import APPLICATION, MatterForm, PaperForm
from casework.presenters import clocks
from casework.views.attempt import INVALID, attempt
from casework.views.guard import caseworker, pressed
from casework.views.queue import frame
from common.clock import now
from counternotices.models import CourtOrder
from counternotices.services import courts
from counternotices.services.courts import Matter, Paper
from counternotices.states import COURT_OPEN, CourtState
from deadlines.selectors import running_for_case
from evidence.files import seal
from evidence.responses import download_response
from measures.selectors import measures_of_case
from notices.access import case_for, cases_for
from users.models import User

Act = Callable[..., CourtOrder]
STEPS: Final[dict[str, Act]] = {
    "grant": courts.grant,
    "refuse": courts.refuse,
    "suit": courts.show_suit,
    "lift": courts.lift,
}


@require_http_methods(["GET", "HEAD", "POST"])
@caseworker
def new_order(request: HttpRequest, user: User, reference: str) -> HttpResponse:
    """What arrived from a court, about which measures of this case."""
    case, moment = case_for(user, reference), now()
    regimes = list(case.regimes.all())
    sending = request.method == "POST"
    given = (request.POST, request.FILES) if sending else ()
    form = MatterForm(regimes, measures_of_case(case.id), *given)
    status, order = 200, None

    @transaction.atomic
    def act() -> None:
        nonlocal order
        data = form.cleaned_data
        regime = next(one for one in regimes if one.pack_id == data["regime"])
        named = [UUID(id) for id in data["measures"]]
        matter = Matter(
            data["effect"],
            named,
            data["court"],
            data["number"],
            before_suit=data["before_suit"],
            urgent=data["urgent"],
        )
        record = courts.record_application if data["stage"] == APPLICATION else courts.record_order
        order = record(regime, matter, _paper(form, moment), user=user, now=moment)

    if sending:
        status = attempt(form, act)
    if order is not None:
        messages.success(request, _("On record, and obeyed. Both sides are told."))
        return redirect("desk-court", reference=order.reference)
    context = {"case": case, "form": form, **frame(user, "", moment)}
    return render(request, "desk/court_new.html", context, status=status)


@require_GET
@caseworker
def order(request: HttpRequest, user: User, reference: str) -> HttpResponse:
    """One order: what it names, its papers, its clocks, and what can be recorded next."""
    return _render(request, user, _found(user, reference), PaperForm())


@pressed("desk-court")
@caseworker
def step(request: HttpRequest, user: User, reference: str) -> HttpResponse:
    """What the next paper of the court shows."""
    found, moment = _found(user, reference), now()
    act = STEPS.get(request.POST.get("step", ""))
    form = PaperForm(request.POST, request.FILES)
    if act is None:
        form.add_error(None, _("Say what the paper shows."))
        return _render(request, user, found, form, INVALID)

    @transaction.atomic
    def record() -> None:
        act(found.id, _paper(form, moment), user=user, now=moment)

    if status := attempt(form, record):
        return _render(request, user, found, form, status)
    messages.success(request, _("On record, and obeyed. Both sides are told."))
    return redirect("desk-court", reference=reference)


@require_GET
@caseworker
def paper(request: HttpRequest, user: User, reference: str, id: UUID) -> HttpResponseBase:
    """A paper of the court, the very bytes."""
    return download_response(get_object_or_404(_found(user, reference).papers, id=id).file)


def _paper(form: PaperForm, moment: datetime) -> Paper:
    data = form.cleaned_data
    return Paper(seal(data["file"], name=data["file"].name, at=moment), data["effective_at"])


def _found(user: User, reference: str) -> CourtOrder:
    found = CourtOrder.objects.select_related("case_regime__case", "recorded_by").filter(
        reference=reference, case_regime__case__in=cases_for(user)
    )
    if not found.exists():
        raise Http404
    return found.get()


def _render(
    request: HttpRequest, user: User, found: CourtOrder, form: PaperForm, status: int = 200
) -> HttpResponse:
    moment = now()
    rows = running_for_case(found.case_regime.case_id).filter(subject_id=found.id)
    named = found.measures.select_related("artefact", "platform_user")
    context = {
        "order": found,
        "case": found.case_regime.case,
        "measures": named,
        "papers": found.papers.select_related("file", "recorded_by"),
        "clocks": [clocks.present(row, now=moment, why=True) for row in rows],
        "steps": _steps(found) if found.state in COURT_OPEN else [],
        "form": form,
        **frame(user, "", moment),
    }
    return render(request, "desk/court.html", context, status=status)


def _steps(found: CourtOrder) -> list[tuple[str, str]]:
    if found.state == CourtState.APPLIED:
        return [("grant", _("The court granted it")), ("refuse", _("The court refused it"))]
    suit = [("suit", _("The applicant sued in time"))] if found.before_suit else []
    return [*suit, ("lift", _("The court lifted its order"))]
