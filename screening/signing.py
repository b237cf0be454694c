"""Ed25519 under what leaves the house as a list of rules, and the check of what came in."""

import base64
import binascii
import json
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_BYTES: Final = 32
_PURPOSE: Final = b"redress rule feed"


class BadKey(ValueError):
    """A key that is none; the text says how to give it."""


def sign(content: bytes) -> str:
    """Our signature under these bytes, in base64."""
    return base64.b64encode(
        _private(settings.FEED_SIGNING_KEY, settings.SECRET_KEY).sign(content)
    ).decode()


def public_key() -> str:
    """The key by which others know our signature, 32 bytes in base64."""
    key = _private(settings.FEED_SIGNING_KEY, settings.SECRET_KEY).public_key()
    return base64.b64encode(key.public_bytes_raw()).decode()


def signed_by(key: str, content: bytes, signature: str) -> bool:
    """Whether the owner of this public key signed exactly these bytes. Raises BadKey for a key that is none."""
    try:
        Ed25519PublicKey.from_public_bytes(_raw(key)).verify(
            base64.b64decode(signature, validate=True), content
        )
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def providers() -> dict[str, str]:
    """The providers whose lists are taken, with their public keys. Raises BadKey."""
    if not settings.FEED_PROVIDERS:
        return {}
    try:
        told = json.loads(settings.FEED_PROVIDERS)
    except ValueError:
        raise BadKey('FEED_PROVIDERS must be JSON, such as {"Brush AI": "<public key>"}.') from None
    if not isinstance(told, dict) or not all(isinstance(key, str) for key in told.values()):
        raise BadKey("FEED_PROVIDERS must map each provider's name to its public key.")
    for key in told.values():
        _raw(key)
    return told


@lru_cache(maxsize=2)
def _private(given: str, secret_key: str) -> Ed25519PrivateKey:
    if given:
        return Ed25519PrivateKey.from_private_bytes(_raw(given))
    made = HKDF(SHA256(), length=KEY_BYTES, salt=None, info=_PURPOSE)
    return Ed25519PrivateKey.from_private_bytes(made.derive(secret_key.encode()))


def _raw(key: str) -> bytes:
    try:
        raw = base64.b64decode(key, validate=True)
    except binascii.Error:
        raw = b""
    if len(raw) != KEY_BYTES:
        raise BadKey("An Ed25519 key must be 32 bytes in base64.")
    return raw
