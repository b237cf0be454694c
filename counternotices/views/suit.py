"""The right holder shows that they sued or complained; and reads what was forwarded."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from common.clock import now
from common.errors import NotFound
from counternotices.errors import AlreadyProved
from counternotices.forms import SuitForm
from counternotices.models import CounterNotice
from counternotices.presenters.forwarded import present, proof_kinds
from counternotices.selectors import forwarded_in
from counternotices.services.disclosure import files_for_filer
from counternotices.services.waiting import Proof, file_suit_proof
from counternotices.states import State
from counternotices.views import papers
from evidence.responses import download_response
from evidence.selectors import sealed_file
from notices.access import case_by_link
from notices.models import Case
from notices.views.draft_files import Problem
from notices.views.track import filer_of
from users.models import LinkPurpose

# A late proof is kept and said to be late; it is not turned away.
TAKES_PROOF = frozenset({State.FORWARDED, State.WAITING, State.PREVAILED})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def suit_proof(request: HttpRequest, token: str, reference: str) -> HttpResponse:
    """Which proceeding, before whom, under which number, and the paper that proves it."""
    moment = now()
    case, _link = case_by_link(token, LinkPurpose.TRACK, now=moment)
    found = _forwarded(case, reference)
    if found.state not in TAKES_PROOF or not proof_kinds(found):
        messages.info(request, _("No counter-notice is waiting for an answer of yours."))
        return redirect("track", token)
    sending = request.method == "POST"
    form = SuitForm(proof_kinds(found), request.POST if sending else None)
    files = papers.Papers([], [])
    problems: list[Problem] = []
    if sending:
        files = papers.take([SuitForm.PAPER], request, case.id, moment)
        problems = files.problems or _missing(files)
        if form.is_valid() and not problems and "remove" not in request.POST:
            try:
                proof = _proof(form, files)
                stored = file_suit_proof(found.id, proof, actor=filer_of(case), now=moment)
                _tell(request, in_time=stored.in_time)
            except AlreadyProved as repeat:
                messages.info(request, repeat.message)
            return redirect("track", token)
    context = {
        "one": present(found),
        "token": token,
        "form": form,
        "shelves": files.shelves([SuitForm.PAPER]),
        "problems": problems,
    }
    wrong = bool(problems) or (sending and bool(form.errors))
    return render(request, "counter/suit.html", context, status=422 if wrong else 200)


@never_cache
@require_safe
def forwarded_file(request: HttpRequest, token: str, reference: str, id: UUID) -> HttpResponseBase:
    """A paper that was forwarded, byte for byte. Proof of identity is not among them."""
    case, _link = case_by_link(token, LinkPurpose.TRACK, now=now())
    for one in files_for_filer(_forwarded(case, reference)):
        if one.id == id:
            return download_response(one.file)
    raise Http404


def _forwarded(case: Case, reference: str) -> CounterNotice:
    found = forwarded_in(case.id).filter(reference=reference).first()
    if found is None:
        raise NotFound(_("There is no such counter-notice on this page."))
    return found


def _missing(files: papers.Papers) -> list[Problem]:
    if files.kept:
        return []
    return [Problem(_("Add the paper that proves it."), SuitForm.PAPER.field)]


def _proof(form: SuitForm, files: papers.Papers) -> Proof:
    data = form.cleaned_data
    file = sealed_file(files.kept[-1].claim.file_id)
    return Proof(data["kind"], data["body"], data["number"], file)


def _tell(request: HttpRequest, *, in_time: bool) -> None:
    if in_time:
        messages.success(request, _("Your proof came in time. The measures stay."))
    else:
        messages.warning(
            request, _("Your proof is on record, but it came after the period had ended.")
        )
