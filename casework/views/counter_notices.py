"""Counter-notices at the desk: reviewed by another person than the one who decided the notice."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from casework.forms import ReasonsForm
from casework.forms_review import ArrivalForm, AskRespondentForm, EndingForm
from casework.presenters.counter_notice import page
from casework.views.attempt import attempt, unsent
from casework.views.guard import caseworker, pressed
from casework.views.queue import frame
from common.clock import now
from common.errors import NotFound
from counternotices.models import CounterNotice
from counternotices.selectors import (
    awaiting_review,
    complaints_awaiting,
    ends_of,
    papers_of,
    proofs_of,
)
from counternotices.services import review
from counternotices.services.proceedings import Ending, end_proceedings
from counternotices.services.waiting import Arrival, record_arrival
from counternotices.states import State
from evidence.files import seal
from evidence.responses import download_response
from measures.standing_selectors import appeals_awaiting
from notices.access import cases_for
from users.models import User


@require_GET
@caseworker
def counter_notices(request: HttpRequest, user: User) -> HttpResponse:
    """What waits for review by this person, the longest waiting first."""
    context = {
        "waiting": awaiting_review(user),
        "complaints": complaints_awaiting(user),
        "appeals": appeals_awaiting(user),
        **frame(user, "reviews", now()),
    }
    return render(request, "desk/reviews.html", context)


@require_GET
@caseworker
def counter_notice(request: HttpRequest, user: User, reference: str) -> HttpResponse:
    """One counter-notice."""
    return _render(request, user, reference)


@pressed("desk-counter-notice")
@caseworker
def accept(request: HttpRequest, user: User, reference: str) -> HttpResponse:
    """It holds: forward it, or restore where this law waits for no suit."""
    found = _found(user, reference)
    done = found
    form = ReasonsForm(request.POST, prefix="accept")

    def act() -> None:
        nonlocal done
        done = review.accept(found.id, user=user, now=now(), reasons=form.reasons())

    if review.decided_on_merits(found):
        if status := attempt(form, act):
            return _render(request, user, reference, status, accept=form)
    else:
        done = review.accept(found.id, user=user, now=now())
    if done.state == State.PREVAILED:
        messages.success(request, _("The measures end. Both sides are told."))
    else:
        messages.success(request, _("Forwarded to the right holder. Both sides are told."))
    return redirect("desk-counter-notice", reference=reference)


@pressed("desk-counter-notice")
@caseworker
def ask(request: HttpRequest, user: User, reference: str) -> HttpResponse:
    """Ask the affected user for exactly what is missing."""
    found = _found(user, reference)
    form = AskRespondentForm(found, get_language() or "en", request.POST, prefix="ask")

    def act() -> None:
        review.ask(found.id, form.cleaned_data["elements"], user=user, now=now())

    if status := attempt(form, act):
        return _render(request, user, reference, status, ask=form)
    messages.success(request, _("The affected user has been asked. Our clock waits meanwhile."))
    return redirect("desk-counter-notice", reference=reference)


@pressed("desk-counter-notice")
@caseworker
def reject(request: HttpRequest, user: User, reference: str) -> HttpResponse:
    """It does not hold, with reasons in both languages."""
    found = _found(user, reference)
    form = ReasonsForm(request.POST, prefix="reject")

    def act() -> None:
        review.reject(found.id, form.reasons(), user=user, now=now())

    if status := attempt(form, act):
        return _render(request, user, reference, status, reject=form)
    messages.success(request, _("Rejected. The affected user is told why."))
    return redirect("desk-counter-notice", reference=reference)


@pressed("desk-counter-notice")
@caseworker
def record(request: HttpRequest, user: User, reference: str) -> HttpResponse:
    """It arrived by another way than e-mail; the waiting period runs from that moment."""
    found = _found(user, reference)
    form = ArrivalForm(request.POST, prefix="arrival")

    def act() -> None:
        arrival = Arrival(form.cleaned_data["at"], form.cleaned_data["proof"])
        record_arrival(found.id, arrival, user=user, now=now())

    if status := attempt(form, act):
        return _render(request, user, reference, status, arrival=form)
    messages.success(request, _("The arrival is on record; the waiting period runs from it."))
    return redirect("desk-counter-notice", reference=reference)


@pressed("desk-counter-notice")
@caseworker
def proceedings(request: HttpRequest, user: User, reference: str) -> HttpResponse:
    """How the proceedings ended, from the paper of the court or authority."""
    found = _found(user, reference)
    form = EndingForm(request.POST, request.FILES, prefix="ending")

    @transaction.atomic
    def act() -> None:
        moment, data = now(), form.cleaned_data
        file = seal(data["file"], name=data["file"].name, at=moment)
        paper = (data["outcome"], data["body"], data["number"], file, data["effective_at"])
        ending = Ending(*paper, sums=form.sums())
        end_proceedings(found.id, ending, user=user, now=moment)

    if status := attempt(form, act):
        return _render(request, user, reference, status, ending=form)
    messages.success(request, _("On record. Both sides are told what follows."))
    return redirect("desk-counter-notice", reference=reference)


@require_GET
@caseworker
def paper(request: HttpRequest, user: User, reference: str, id: UUID) -> HttpResponseBase:
    """A paper of the affected user or a proof of suit, the very bytes, as a download."""
    found = _found(user, reference)
    rows = (papers_of(found), proofs_of(found), ends_of(found))
    for one in (kind.filter(id=id).first() for kind in rows):
        if one is not None:
            return download_response(one.file)
    raise Http404


def _found(user: User, reference: str) -> CounterNotice:
    found = (
        CounterNotice.objects.select_related(
            "case_regime__case", "respondent", "reviewed_by", "decision_by", "forwarding"
        )
        .filter(reference=reference, case_regime__case__in=cases_for(user))
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such counter-notice, or it is not open to you."))
    return found


def _render(
    request: HttpRequest, user: User, reference: str, status: int = 200, **tried: Form
) -> HttpResponse:
    """The counter-notice as it stands now, with a form that was tried as it was typed."""
    moment, found = now(), _found(user, reference)
    shown = page(found, user, now=moment)
    open_ = {"ask": shown.may_accept, "reject": shown.may_review, "arrival": shown.may_record}
    open_ |= {"accept": shown.may_accept, "ending": shown.may_end}
    language = get_language() or "en"
    missing = [one.element.key for one in shown.completeness.to_ask]
    context = {
        "page": shown,
        "unsent": unsent(tried.values(), shown=all(open_[name] for name in tried)),
        "ask": tried.get("ask")
        or AskRespondentForm(found, language, prefix="ask", initial={"elements": missing}),
        "reject": tried.get("reject") or ReasonsForm(prefix="reject"),
        "accept": tried.get("accept") or ReasonsForm(prefix="accept"),
        "ending": tried.get("ending") or EndingForm(prefix="ending"),
        "arrival": tried.get("arrival") or ArrivalForm(prefix="arrival"),
        **frame(user, "reviews", moment),
    }
    return render(request, "desk/review.html", context, status=status)
