"""Lists of rules from other providers: taken in as proposals, each decided by a person."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from casework.forms_rules import ListForm, TakeForm, TurnDownForm
from casework.presenters.rules import mode_name
from casework.presenters.tried import of_terms
from casework.services.proposals import take, turn_down
from casework.views.attempt import attempt, unsent
from casework.views.guard import caseworker
from casework.views.queue import frame
from common.actors import staff
from common.clock import now
from common.errors import NotFound
from measures.models import Measure
from screening.list_states import ProposalState
from screening.models import RuleList, RuleProposal
from screening.services.lists import Imported, import_list
from screening.signing import public_key
from users.models import User
from users.roles import Role

ROWS: Final = 50
LISTS: Final = 10
_METHODS: Final = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
@caseworker
def lists(request: HttpRequest, user: User) -> HttpResponse:
    """What waits for a decision, the latest lists, and the form that takes one in."""
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    status, moment, brought = 200, now(), list[Imported]()

    def act() -> None:
        content = form.cleaned_data["file"].read()
        brought.append(import_list(content, actor=staff(user.id), now=moment))

    if request.method == "POST":
        status = attempt(form, act)
    if brought:
        sentence = ngettext(
            "Taken in: %(new)d rule waits for approval.",
            "Taken in: %(new)d rules wait for approval.",
            brought[0].new,
        )
        messages.success(request, sentence % {"new": brought[0].new})
        return redirect("desk-rule-lists")
    waiting = RuleProposal.objects.filter(state=ProposalState.WAITING).select_related("source")
    context = {
        "form": form,
        "page": Paginator(waiting, ROWS).get_page(request.GET.get("page")),
        "lists": RuleList.objects.all()[:LISTS],
        "key": public_key(),
        **frame(user, "rules", moment),
    }
    return render(request, "desk/rule_lists.html", context, status=status)


@require_http_methods(_METHODS)
@caseworker
def proposal(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """One proposed rule, what it would meet, and the two ways to decide."""
    if request.method != "POST":
        return _render(request, user, id)
    moment = now()
    if request.POST.get("act") == "take":
        taken = TakeForm(request.POST)
        form: Form = taken
        status = attempt(form, lambda: take(id, taken.taking(), user=user, now=moment))
        told = _("Ordered for the case. If it is too wide, it waits for a second person.")
    else:
        form = TurnDownForm(request.POST)
        status = attempt(
            form, lambda: turn_down(id, form.cleaned_data["reason"], user=user, now=moment)
        )
        told = _("Not taken. Your reason is kept with it.")
    if status:
        return _render(request, user, id, form, status)
    messages.success(request, told)
    return redirect("desk-rule-proposal", id=id)


def _render(
    request: HttpRequest, user: User, id: UUID, tried: Form | None = None, status: int = 200
) -> HttpResponse:
    moment = now()
    found = RuleProposal.objects.select_related("source").filter(id=id).first()
    if found is None:
        raise NotFound(_("There is no such proposal."))
    waits = found.state == ProposalState.WAITING
    may = waits and user.has_role(Role.APPROVER)
    context = {
        "proposal": found,
        "mode": mode_name(found.content["mode"]),
        "may_decide": may,
        "own": found.source.imported_by == staff(user.id).key,
        "take": tried if isinstance(tried, TakeForm) else TakeForm(initial=found.content),
        "refuse": tried if isinstance(tried, TurnDownForm) else TurnDownForm(),
        "unsent": unsent([tried] if tried else [], shown=may),
        "tried": of_terms(found.content, moment) if waits else None,
        "measure": _measure(found),
        **frame(user, "rules", moment),
    }
    return render(request, "desk/rule_proposal.html", context, status=status)


def _measure(found: RuleProposal) -> Measure | None:
    """What came of the proposal."""
    if found.measure_id is None:
        return None
    return Measure.objects.filter(id=found.measure_id).first()
