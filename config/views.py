"""One-click sign-in for the people of the demonstration. Does not exist outside demo mode."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from common.clock import now
from config.demo import DOMAIN
from notices.models import Case
from notices.selectors import affected_users
from notices.states import CaseState
from platforms.models import PlatformUser
from users.models import LinkPurpose, User
from users.roles import Role
from users.services.links import issue_link

_SHOWN = 5


@require_http_methods(["GET", "POST"])
def demo(request: HttpRequest) -> HttpResponse:
    """List the demo people; act as the chosen one. A 404 unless REDRESS_DEMO=1.

    The affected users have no account: one click opens their page by a fresh link.
    """
    if not settings.DEMO:
        raise Http404
    if request.method == "POST":
        return _open_answer(request) if "respondent" in request.POST else _sign_in(request)
    people = User.objects.filter(email__endswith=f"@{DOMAIN}", is_active=True).order_by("name")
    shown = [{"id": p.id, "name": p.name, "role_names": role_names(p)} for p in people]
    return render(request, "account/demo.html", {"people": shown, "respondents": _respondents()})


def role_names(person: User) -> list[str]:
    """The person's roles as words, in the page's language."""
    return [str(Role(role).label) for role in person.roles]


def _respondents() -> list[tuple[Case, PlatformUser]]:
    cases = Case.objects.filter(state=CaseState.ACCEPTED).order_by("-filed_at")[:_SHOWN]
    return [(case, person) for case in cases for person in affected_users(case)]


def _open_answer(request: HttpRequest) -> HttpResponse:
    case_id, _colon, person_id = request.POST["respondent"].partition(":")
    pairs = {(str(case.id), str(person.id)): case for case, person in _respondents()}
    case = pairs.get((case_id, person_id))
    if case is None:
        raise Http404
    person = get_object_or_404(PlatformUser, id=person_id)
    token = issue_link(LinkPurpose.ANSWER, case_id=case.id, party_id=person.id, now=now())
    return redirect("answer", token=token)


def _sign_in(request: HttpRequest) -> HttpResponse:
    people = User.objects.filter(email__endswith=f"@{DOMAIN}", is_active=True)
    chosen = {str(person.id): person for person in people}.get(request.POST.get("person", ""))
    if chosen is None:
        raise Http404
    login(request, chosen, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(settings.LOGIN_REDIRECT_URL)
