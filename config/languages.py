"""Switching the language of the pages."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods
from django.views.i18n import set_language

from users.languages import TAGS
from users.models import User
from users.services.people import choose_language


@require_http_methods(["GET", "POST"])
def switch_language(request: HttpRequest) -> HttpResponseBase:
    """Switch for this browser and, for whoever is signed in, for good. Another language changes nothing."""
    code = request.POST.get("language", "")
    if isinstance(request.user, User) and code in TAGS:
        choose_language(request.user, TAGS[code])
    return set_language(request)
