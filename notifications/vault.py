"""Secrets that must be kept because we sign with them: encrypted with a key made from SECRET_KEY."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unreadable(RuntimeError):
    """SECRET_KEY was changed: set the old one in SECRET_KEY_FALLBACKS, or give each endpoint a new secret."""


def seal(secret: str) -> str:
    """The secret as the database keeps it."""
    return _locks().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """The secret again. Raises Unreadable."""
    try:
        return _locks().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unreadable(Unreadable.__doc__) from error


def _locks() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(key)) for key in keys])


def _key(secret_key: str) -> bytes:
    made = HKDF(SHA256(), length=32, salt=None, info=b"redress webhook secrets")
    return base64.urlsafe_b64encode(made.derive(secret_key.encode()))
