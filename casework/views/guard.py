"""Who may open the desk."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

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


def pressed(page: str, *, of_all: bool = False) -> Callable[[View], View]:
    """Take presses (POST) only. Whoever comes otherwise is led to `page`, with the same keys.

    `of_all`: the page is one for all things and has no keys.

    They come by a reload of a form that was shown again, after signing in anew, or led back there
    by an error: a bare 405 would strand them.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST":
                return view(request, **kwargs)
            return redirect(page, **({} if of_all else kwargs))

        return guarded

    return decorate
