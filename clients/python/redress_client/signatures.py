"""Whether the bytes of a feed are those that the house signed (Ed25519)."""

import base64
import binascii
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from redress_client.errors import DamagedFeed

KEY_BYTES: Final = 32
UNSIGNED: Final = ""


def check_key(key: str) -> None:
    """Raises ValueError for what is no public key."""
    if len(_raw(key)) != KEY_BYTES:
        raise ValueError("key must be the 32 bytes, in base64, that `rule_lists key` shows.")


def signer(content: bytes, signature: str, shown: str, trusted: str) -> str:
    """The key that signed the content: `trusted`, or where none is trusted yet the one that was `shown`.

    UNSIGNED when there is neither a signature nor a trusted key. Raises DamagedFeed for any other content.
    """
    if not signature and not trusted:
        return UNSIGNED
    if not signature:
        raise DamagedFeed("The feed is not signed, though it has to be. Nothing of it was taken.")
    key = trusted or shown
    try:
        Ed25519PublicKey.from_public_bytes(_raw(key)).verify(_raw(signature), content)
    except (InvalidSignature, ValueError):
        raise DamagedFeed(_unlike(shown, trusted)) from None
    return key


def _unlike(shown: str, trusted: str) -> str:
    if trusted and shown and shown != trusted:
        return (
            "The feed is signed with another key than the one that is trusted. Nothing of it was taken. If the house"
            " changed its key, give the new one, as `rule_lists key` shows it there."
        )
    return "The signature is not that of this feed. Nothing of it was taken."


def _raw(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
