"""The affected user's own ladder, and their appeal against a sanction."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from common.actors import respondent
from common.clock import now
from common.errors import Conflict
from counternotices.forms import AppealForm
from counternotices.presenters.ladder import own_ladder
from counternotices.views.door import Visit, visit
from measures.services.appeals import Wish, file_appeal
from notices.languages import tag


@never_cache
@require_safe
def standing(request: HttpRequest, token: str) -> HttpResponse:
    """Which step is in force, what counts and until when, and how to appeal."""
    return _render(request, token, visit(token, now()), None, AppealForm())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, token: str, id: UUID) -> HttpResponse:
    """One text against one sanction; a person who had no part in it answers."""
    guest = visit(token, now())
    if request.method != "POST":
        return redirect("answer-standing", token)
    form = AppealForm(request.POST)
    if not form.is_valid():
        return _render(request, token, guest, id, form, 422)
    wish = Wish(guest.case, guest.person, form.cleaned_data["grounds"], tag(get_language()))
    try:
        file_appeal(id, wish, actor=respondent(guest.person.id), now=guest.now)
    except Conflict as error:
        messages.info(request, error.message)
        return redirect("answer-standing", token)
    messages.success(request, _("We have your appeal. A confirmation was sent to you."))
    return redirect("answer-standing", token)


def _render(
    request: HttpRequest,
    token: str,
    guest: Visit,
    tried: UUID | None,
    form: AppealForm,
    status: int = 200,
) -> HttpResponse:
    page = own_ladder(guest.case, guest.person, get_language() or "en", now=guest.now)
    forms = [
        (one, words, form if one.id == tried else AppealForm(auto_id=f"id_{one.id}_%s"))
        for one, words in page.appealable
    ]
    context = {"page": page, "token": token, "forms": forms}
    return render(request, "counter/standing.html", context, status=status)
