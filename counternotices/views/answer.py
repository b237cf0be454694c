"""The affected user's page of a case, and taking a counter-notice back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_fsm import can_proceed

from common.actors import respondent
from common.clock import now
from counternotices.presenters.answer import answer_page
from counternotices.services.review import withdraw as withdraw_counter_notice
from counternotices.views.door import visit
from notices.views.zone import in_own_zone, zones


@never_cache
@require_safe
@in_own_zone
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """What was done, why, who says so, until when, what can be done; and where the answer stands."""
    guest = visit(token, now())
    page = answer_page(guest.case, guest.person, now=guest.now)
    return render(request, "counter/answer.html", {"page": page, "token": token, "zones": zones()})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, token: str, reference: str) -> HttpResponse:
    """Ask once more, then take the counter-notice back."""
    guest = visit(token, now())
    found = guest.counter_notice(reference)
    if not can_proceed(found.withdraw):
        messages.info(request, _("This counter-notice can no longer be withdrawn."))
        return redirect("answer", token)
    if request.method == "POST":
        withdraw_counter_notice(found.id, actor=respondent(guest.person.id), now=guest.now)
        messages.success(request, _("You withdrew the counter-notice. The measures stay."))
        return redirect("answer", token)
    return render(request, "counter/withdraw.html", {"found": found, "token": token})
