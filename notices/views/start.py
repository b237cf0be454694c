"""The door: the portal's home, what to know before starting, and the start itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from common.clock import now as read_clock
from notices.forms.steps import STEPS
from notices.languages import tag
from notices.services import drafts
from users.models import User


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this place is for, and its doors."""
    return render(request, "portal/home.html")


@require_safe
def received(request: HttpRequest) -> HttpResponse:
    """What somebody can do whose content a notice is about; their own link leads further."""
    return render(request, "portal/received.html")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """What you need and what follows; a press starts a draft and leads to its first step."""
    if request.method != "POST":
        return render(request, "portal/new.html", {"steps": STEPS})
    account = request.user if isinstance(request.user, User) else None
    _draft, token = drafts.start(language=tag(get_language()), account=account, now=read_clock())
    return redirect("draft-step", token, STEPS[0].name)
