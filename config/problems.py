"""Errors of the API as RFC 9457 problem documents."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import set_rollback

from common.errors import RedressError

MEDIA_TYPE = "application/problem+json"


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """The problem document for an error, or None for one that is nobody's to mend but ours (500)."""
    problem = _problem(error)
    if problem is None:
        return None
    set_rollback()
    response = Response(problem, status=problem["status"], content_type=MEDIA_TYPE)
    if wait := getattr(error, "wait", None):
        response["Retry-After"] = str(int(wait))
    if header := getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = header
    return response


def _problem(error: Exception) -> dict[str, Any] | None:
    if isinstance(error, RedressError):
        return _document(error.code, error.status, error.message, _pointers(error.fields))
    if isinstance(error, Http404):
        return _document("not-found", status.HTTP_404_NOT_FOUND, _("There is no such thing here."))
    if isinstance(error, RequestDataTooBig):
        text = _("This is too much for one request: send less, or several notices.")
        return _document("too-large", status.HTTP_413_REQUEST_ENTITY_TOO_LARGE, text)
    if isinstance(error, PermissionDenied):
        return _document(
            "forbidden", status.HTTP_403_FORBIDDEN, _("Your role does not allow this.")
        )
    if isinstance(error, exceptions.ValidationError):
        text = _("Some fields need mending.")
        return _document("invalid", error.status_code, text, _pointers(error.detail))
    if isinstance(error, exceptions.APIException):
        code = str(error.default_code).replace("_", "-")
        return _document(code, error.status_code, str(error.detail))
    return None


def _document(
    code: str, status_code: int, detail: str, errors: list[dict[str, str]] | None = None
) -> dict[str, Any]:
    document: dict[str, Any] = {
        "type": f"{settings.PUBLIC_URL}/problems/{code}/",
        "title": code.replace("-", " ").capitalize(),
        "status": status_code,
        "detail": detail,
    }
    return document | ({"errors": errors} if errors else {})


def _pointers(detail: Any, pointer: str = "#") -> list[dict[str, str]]:
    """Each fault with a JSON pointer to the field it is about."""
    if isinstance(detail, dict):
        return [p for key, value in detail.items() for p in _pointers(value, f"{pointer}/{key}")]
    if isinstance(detail, list) and any(isinstance(value, dict | list) for value in detail):
        pairs = enumerate(detail)
        return [
            p for number, value in pairs if value for p in _pointers(value, f"{pointer}/{number}")
        ]
    texts = detail if isinstance(detail, list) else [detail]
    return [{"pointer": pointer, "detail": str(text)} for text in texts]
