"""Which laws a case runs under: shown with where they came from, changed before the decision, with a reason."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.forms_regimes import RegimeForm, to_add, to_remove
from casework.views.attempt import attempt
from casework.views.guard import caseworker
from casework.views.queue import frame
from common.clock import now
from evidence.chain import case_chain
from evidence.selectors import entries
from notices.access import case_for
from notices.models import CaseRegime
from notices.services import regime_choice
from notices.services.regimes import pack_of
from notices.states import TRIAGE
from users.models import User

EVENTS = ("regime.added", "regime.removed", "regime.reinstated")


@require_http_methods(["GET", "HEAD", "POST"])
@caseworker
def regimes(request: HttpRequest, user: User, reference: str) -> HttpResponse:
    """The laws of the case; a press adds one or takes one off."""
    found, status = case_for(user, reference), 200
    data = request.POST if request.method == "POST" else None
    adding = data is not None and "add" in data
    add = RegimeForm(to_add(found), data if adding else None, prefix="add")
    remove = RegimeForm(to_remove(found), data if data and not adding else None, prefix="remove")
    if data is not None:
        form = add if adding else remove
        act = regime_choice.add if adding else regime_choice.remove

        def change() -> None:
            given = form.cleaned_data
            act(found.id, given["pack"], given["reason"], user=user, now=now())

        status = attempt(form, change)
        if not status:
            messages.success(request, _("On record. The clocks follow the laws of the case."))
            return redirect("desk-regimes", reference=reference)
    rows = CaseRegime.every.filter(case=found).select_related("surface")
    context = {
        "case": found,
        "rows": [(row, pack_of(row)) for row in rows],
        "events": entries(case_chain(found.id)).filter(event__in=EVENTS),
        "changeable": found.claimed_by_id == user.id and found.state in TRIAGE,
        "add": add,
        "remove": remove,
        **frame(user, "", now()),
    }
    return render(request, "desk/regimes.html", context, status=status)
