"""Answering what was asked about a counter-notice: exactly that, on one page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from common.actors import respondent
from common.clock import now
from counternotices.forms import PREFIX, ElementsForm, statements
from counternotices.models import CounterNotice
from counternotices.services.review import Completion, complete
from counternotices.states import State
from counternotices.views import papers
from counternotices.views.door import visit
from notices.services.regimes import pack_of
from notices.views.draft_files import Problem
from regimes.pack import Element

Asked = list[tuple[Element, bool]]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def completing(request: HttpRequest, token: str, reference: str) -> HttpResponse:
    """What was typed and sent survives an error."""
    guest = visit(token, now())
    found = guest.counter_notice(reference)
    if found.state != State.INCOMPLETE:
        messages.info(request, _("Nothing is being asked of you at present."))
        return redirect("answer", token)
    asked = _asked(found)
    sending = request.method == "POST"
    kept_words = {key: found.answers.get(key, "") for key in found.asked_elements}
    form = ElementsForm(asked, request.POST if sending else None, initial=kept_words)
    ticks = statements(asked, get_language() or "en")
    files = papers.Papers([], [])
    problems: list[Problem] = []
    if sending:
        files = papers.take(form.papers, request, guest.person.id, guest.now)
        answers = {**_words(form), **_ticked(request, ticks)}
        problems = [*files.problems, *_nothing(answers, files)]
        if not problems and form.is_valid() and not {"upload", "remove"} & set(request.POST):
            given = Completion(answers, files.by_element())
            complete(found.id, given, actor=respondent(guest.person.id), now=guest.now)
            messages.success(request, _("Thank you. Your answer was received; our check goes on."))
            return redirect("answer", token)
    context = {
        "found": found,
        "token": token,
        "form": form,
        "ticks": [(PREFIX + pair[0].key, words) for pair, words in ticks],
        "shelves": files.shelves(form.papers),
        "problems": problems,
    }
    wrong = bool(problems) or (sending and bool(form.errors))
    return render(request, "counter/complete.html", context, status=422 if wrong else 200)


def _asked(found: CounterNotice) -> Asked:
    elements = {e.key: e for e in pack_of(found.case_regime).counter_elements}
    return [(elements[key], False) for key in found.asked_elements if key in elements]


def _words(form: ElementsForm) -> dict[str, str]:
    return form.texts() if form.is_valid() else {}


def _ticked(request: HttpRequest, ticks: list[tuple[tuple[Element, bool], str]]) -> dict[str, str]:
    return {pair[0].key: words for pair, words in ticks if PREFIX + pair[0].key in request.POST}


def _nothing(answers: dict[str, str], files: papers.Papers) -> list[Problem]:
    if answers or files.kept or files.problems:
        return []
    return [Problem(_("Answer at least one of the points, or add a file."), "")]
