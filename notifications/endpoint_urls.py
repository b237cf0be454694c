"""Which addresses an endpoint may have, when it is typed and each time it is called."""

import ipaddress
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from common.addresses import Address, is_public
from notifications.errors import BadEndpoint

LONGEST: Final = 2000


def checked(url: str) -> str:
    """The address without blanks round it. Raises BadEndpoint with a sentence that says what is wrong.

    A name is not looked up here: it may lead elsewhere tomorrow, so every call looks (see `may_be_called`).
    """
    text = url.strip()
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname or "", parts.port
    except ValueError as error:
        raise _bad(
            _("This is no web address. Enter one such as https://hooks.example.com/in.")
        ) from error
    if parts.scheme not in _schemes() or not host or len(text) > LONGEST or not text.isprintable():
        raise _bad(_("Enter an address that begins with https://, of at most 2000 characters."))
    if parts.username or parts.password or parts.fragment or not text.isascii() or " " in text:
        raise _bad(
            _("Leave out user name, password, blanks and what follows “#”; write names in ASCII.")
        )
    if (number := _number(host)) and not may_be_called(number):
        raise _bad(_("This address lies inside a network of somebody's own. Enter a public one."))
    return text


def may_be_called(address: Address) -> bool:
    """Whether a delivery may connect to this address: the open internet, or any if the operator says so."""
    return settings.WEBHOOK_PRIVATE_ADDRESSES or is_public(address)


def _schemes() -> tuple[str, ...]:
    return ("https", "http") if settings.WEBHOOK_PRIVATE_ADDRESSES else ("https",)


def _number(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _bad(sentence: str) -> BadEndpoint:
    return BadEndpoint(sentence, fields={"url": sentence})
