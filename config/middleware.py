"""Telling people what went wrong, in a sentence, wherever they are."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from common.errors import NotFound, RedressError


class RefuseNul:
    """Answers 400 to an address with a NUL in it: no link of ours has one, and PostgreSQL stores none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        if "\0" in request.path or any(
            "\0" in value for values in request.GET.lists() for value in (values[0], *values[1])
        ):
            return HttpResponseBadRequest(
                _("The address holds a character that no address of ours has."),
                content_type="text/plain; charset=utf-8",
            )
        return self.get_response(request)


class TellErrors:
    """Turns a RedressError that a page raised into an answer a person can act on.

    After a press (POST) they are led back to where they were with the sentence on top; otherwise
    they get a page with it. The status is the error's own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The answer for an error of ours; None leaves any other to Django."""
        if not isinstance(exception, RedressError):
            return None
        back = request.META.get("HTTP_REFERER", "")
        if (
            request.method == "POST"
            and not isinstance(exception, NotFound)
            and _ours(request, back)
        ):
            messages.error(request, exception.message)
            return redirect(back)
        return render(request, "errors/told.html", {"error": exception}, status=exception.status)


def _ours(request: HttpRequest, address: str) -> bool:
    return url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
