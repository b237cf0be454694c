"""Writing a counter-notice: first what it says, then what the filer will see, then the signature."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from common.clock import now
from counternotices.forms import AnswersForm, SignForm, asked_by
from counternotices.presenters.clocks import TO_RESPONDENT, told
from counternotices.presenters.preview import discloses_contact, first_values, preview
from counternotices.selectors import contestable_regimes
from counternotices.services.filing import Statement, file_under
from counternotices.services.windows import closed_words, person_window
from counternotices.views import papers
from counternotices.views.door import Visit, visit
from deadlines.models import Deadline
from notices.languages import tag
from notices.models import CaseRegime
from notices.services.regimes import pack_of
from regimes.pack import Element, Pack


@dataclass(frozen=True)
class Desk:
    """What lies before somebody who contests: the regimes, their packs, and what these ask for."""

    guest: Visit
    token: str
    regimes: list[CaseRegime]
    packs: list[Pack]
    elements: list[tuple[Element, bool]]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contest(request: HttpRequest, token: str) -> HttpResponse:
    """One form for every regime under which something can be contested."""
    guest = visit(token, now())
    regimes = contestable_regimes(guest.case.id, guest.person.id)
    if not regimes:
        messages.info(request, _("There is nothing to contest, or you have done so already."))
        return redirect("answer", token)
    windows = {regime.id: person_window(regime, guest.person.id) for regime in regimes}
    late = [window for window in windows.values() if window and guest.now >= window.due_at]
    regimes = [regime for regime in regimes if windows[regime.id] not in late]
    if not regimes:
        return render(request, "counter/late.html", _late(guest, token, late))
    packs = [pack_of(regime) for regime in regimes]
    desk = Desk(guest, token, regimes, packs, asked_by(packs))
    if request.method != "POST":
        form = AnswersForm(desk.elements, initial=first_values(guest.case, guest.person))
        return _write(request, desk, form, papers.Papers([], []))
    return _pressed(request, desk)


def _late(guest: Visit, token: str, windows: list[Deadline]) -> dict[str, object]:
    return {
        "case": guest.case,
        "token": token,
        "sentences": [closed_words(window) for window in windows],
        "clocks": told(windows, TO_RESPONDENT),
    }


def _pressed(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = AnswersForm(desk.elements, request.POST)
    files = papers.take(form.papers, request, desk.guest.person.id, desk.guest.now)
    stay = {"upload", "remove", "change"} & set(request.POST)
    if stay or files.problems or not form.is_valid():
        judged = form if not stay else AnswersForm(desk.elements, initial=request.POST.dict())
        return _write(request, desk, judged, files)
    if "sign" not in request.POST:
        return _sign(request, desk, form, SignForm(desk.elements), files)
    signing = SignForm(desk.elements, request.POST)
    if not signing.is_valid():
        return _sign(request, desk, form, signing, files)
    return _send(request, desk, form, signing, files)


def _send(
    request: HttpRequest, desk: Desk, form: AnswersForm, signing: SignForm, files: papers.Papers
) -> HttpResponse:
    signature = signing.cleaned_data["signature"]
    ours = {
        "signature": signature,
        "decision_ref": desk.guest.case.reference,
        "complainant_role": _("The affected user"),
    }
    statement = Statement(
        language=tag(get_language()),
        reason=form.cleaned_data["reason"],
        answers={**ours, **form.texts(), **signing.made()},
        signature=signature,
        files=files.by_element(),
    )
    file_under(desk.regimes, desk.guest.person, statement, now=desk.guest.now)
    messages.success(request, _("We have your counter-notice. A confirmation was sent to you."))
    return redirect("answer", desk.token)


def _write(
    request: HttpRequest, desk: Desk, form: AnswersForm, files: papers.Papers
) -> HttpResponse:
    wrong = bool(files.problems) or (form.is_bound and bool(form.errors))
    context = {
        "case": desk.guest.case,
        "token": desk.token,
        "form": form,
        "shelves": files.shelves(form.papers),
        "problems": files.problems,
    }
    return render(request, "counter/write.html", context, status=422 if wrong else 200)


def _sign(
    request: HttpRequest, desk: Desk, form: AnswersForm, signing: SignForm, files: papers.Papers
) -> HttpResponse:
    context = {
        "case": desk.guest.case,
        "token": desk.token,
        "written": form,
        "form": signing,
        "kept": files.kept,
        "seen": preview(desk.packs, form, files.kept),
        "warned": discloses_contact(desk.packs),
    }
    wrong = signing.is_bound and bool(signing.errors)
    return render(request, "counter/sign.html", context, status=422 if wrong else 200)
