"""What holds on every page: a person's own language, and a second factor for the operator's own people."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import activate
from django.utils.translation import gettext as _

from users.languages import CODES

_OPEN = ("/accounts/", "/static/", "/language/", "/healthz")


class OwnLanguage:
    """Answers whoever is signed in in the language they chose, in whatever browser they sit.

    Everybody else has the language of this browser, by Django's LocaleMiddleware, which also sets
    the language anew with each request: what is activated here ends with the answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        if request.user.is_authenticated and request.user.language in CODES:
            request.LANGUAGE_CODE = CODES[request.user.language]
            activate(request.LANGUAGE_CODE)
        return self.get_response(request)


class StaffSecondFactor:
    """Sends staff without a second factor to set one up before anything else opens.

    On unless STAFF_MFA_REQUIRED=0, which only demo mode does by itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, or lead to the set-up page."""
        if settings.STAFF_MFA_REQUIRED and _needs_one(request):
            messages.info(request, _("Set up a second factor to open the desk."))
            return redirect("mfa_activate_totp")
        return self.get_response(request)


def _needs_one(request: HttpRequest) -> bool:
    user = request.user
    return (
        user.is_authenticated
        and user.is_staff
        and not request.path.startswith(_OPEN)
        and not is_mfa_enabled(user)
    )
