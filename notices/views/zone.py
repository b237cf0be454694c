"""Reading times in one's own zone: chosen on the page, kept in a cookie, without JavaScript."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from notices.zones import COOKIE, KNOWN, offered, zone_of

View = Callable[..., HttpResponse]
_A_YEAR = 365 * 24 * 60 * 60


def in_own_zone(view: View) -> View:
    """Show every moment of a party's page in that party's zone; the law's zone is named beside each clock."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with timezone.override(zone_of(request)):
            return view(request, *args, **kwargs)

    return shown


def zones() -> dict[str, object]:
    """What the small form offers, for a page under `in_own_zone`."""
    current = timezone.get_current_timezone_name()
    return {"current": current, "offered": offered(current)}


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the zone for this browser and lead back to the page it was chosen on."""
    wanted = request.POST.get("timezone", "")
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    answer = redirect(back if safe else "/")
    if wanted in KNOWN:
        answer.set_cookie(
            COOKIE, wanted, max_age=_A_YEAR, secure=settings.SESSION_COOKIE_SECURE,
            httponly=True, samesite="Lax",
        )  # fmt: skip
    else:
        messages.error(request, _("There is no such time zone. Choose one from the list."))
    return answer
