"""One-click sign-in for the people of the demonstration. Does not exist outside demo mode."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from users.models import User
from users.roles import Role

DEMO_ADDRESSES = "@demo.example"


@require_http_methods(["GET", "POST"])
def demo(request: HttpRequest) -> HttpResponse:
    """List the demo people; sign in as the chosen one. A 404 unless REDRESS_DEMO=1."""
    if not settings.DEMO:
        raise Http404
    people = User.objects.filter(email__endswith=DEMO_ADDRESSES, is_active=True).order_by("name")
    if request.method == "POST":
        return _sign_in(request, {str(person.id): person for person in people})
    shown = [{"id": p.id, "name": p.name, "role_names": role_names(p)} for p in people]
    return render(request, "account/demo.html", {"people": shown})


def role_names(person: User) -> list[str]:
    """The person's roles as words, in the page's language."""
    return [str(Role(role).label) for role in person.roles]


def _sign_in(request: HttpRequest, people: dict[str, User]) -> HttpResponse:
    person = people.get(request.POST.get("person", ""))
    if person is None:
        raise Http404
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(settings.LOGIN_REDIRECT_URL)
