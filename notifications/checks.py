"""Mistakes that would keep letters from leaving, found before anything starts."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

from notifications.transport import transport


def email_url_is_understood(**_: Any) -> list[CheckMessage]:
    """notifications.E001: EMAIL_URL names no way out."""
    try:
        transport(settings.EMAIL_URL)
    except (ImproperlyConfigured, ValueError) as error:
        return [Error(str(error), id="notifications.E001")]
    return []


def sender_is_an_address(**_: Any) -> list[CheckMessage]:
    """notifications.E002: FROM_EMAIL is no plain address."""
    try:
        validate_email(settings.DEFAULT_FROM_EMAIL)
    except ValidationError:
        hint = "Set FROM_EMAIL to the bare address, for example notices@example.com."
        message = f"FROM_EMAIL is no e-mail address: {settings.DEFAULT_FROM_EMAIL!r}."
        return [Error(message, hint=hint, id="notifications.E002")]
    return []
