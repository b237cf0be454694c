"""Who may open the desk."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase

from notices.access import require_role
from users.roles import CASEWORKERS

View = Callable[..., HttpResponseBase]


def caseworker(view: View) -> View:
    """Let caseworkers in and hand the view the person; others are led to sign in, or refused."""
    return only(*CASEWORKERS)(view)


def only(*roles: str) -> Callable[[View], View]:
    """As `caseworker`, for any of these roles."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            return view(request, require_role(request.user, *roles), **kwargs)

        return guarded

    return decorate
