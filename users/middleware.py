"""A second factor for the operator's own people."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

_OPEN = ("/accounts/", "/static/", "/language/", "/healthz")


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
