"""Users' appeals against sanctions at the desk: answered by somebody who had no part in them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from casework.forms import ReasonsForm
from casework.presenters import clocks
from casework.views.attempt import attempt, unsent
from casework.views.guard import caseworker, pressed
from casework.views.queue import frame
from common.clock import now
from common.errors import NotFound
from deadlines.selectors import running_for_case
from measures.models import SanctionAppeal
from measures.presenters.ladder import ladder_of
from measures.services.appeals import answer, may_answer
from measures.standing_selectors import laws_of
from measures.states import AppealState
from users.models import User


@require_GET
@caseworker
def appeal(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """One appeal."""
    return _render(request, user, _found(id))


@pressed("desk-appeal")
@caseworker
def uphold(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """The user is right: the sanction ends as never given."""
    return _answer(request, user, id, True)


@pressed("desk-appeal")
@caseworker
def reject(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """The sanction was right, with reasons in both languages."""
    return _answer(request, user, id, False)


def _answer(request: HttpRequest, user: User, id: UUID, justified: bool) -> HttpResponse:
    found, name = _found(id), "uphold" if justified else "reject"
    form = ReasonsForm(request.POST, prefix=name)

    def act() -> None:
        answer(found.id, justified, form.reasons(), user=user, now=now())

    if status := attempt(form, act):
        return _render(request, user, _found(id), status, **{name: form})
    messages.success(request, _("Answered. The user is told why."))
    return redirect("desk-appeal", id=id)


def _found(id: UUID) -> SanctionAppeal:
    rows = SanctionAppeal.objects.select_related(
        "measure__ordered_by", "measure__approved_by", "case", "platform_user", "reviewed_by"
    )
    found = rows.filter(id=id).first()
    if found is None:
        raise NotFound(_("There is no such appeal."))
    return found


def _render(
    request: HttpRequest, user: User, found: SanctionAppeal, status: int = 200, **tried: ReasonsForm
) -> HttpResponse:
    moment = now()
    mine = may_answer(found.measure, user)
    open_ = found.state == AppealState.FILED
    rows = running_for_case(found.case_id).filter(subject_id=found.id)
    context = {
        "appeal": found,
        "ladder": ladder_of(found.platform_user_id, laws_of(found.case), now=moment),
        "clocks": [clocks.present(row, now=moment, why=True) for row in rows],
        "had_part": open_ and not mine,
        "may_answer": open_ and mine,
        "unsent": unsent(tried.values(), shown=open_ and mine),
        "uphold": tried.get("uphold") or ReasonsForm(prefix="uphold"),
        "reject": tried.get("reject") or ReasonsForm(prefix="reject"),
        **frame(user, "reviews", moment),
    }
    return render(request, "desk/appeal.html", context, status=status)
