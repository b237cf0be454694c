"""Secrets we hand out and never keep: 128 random bits, stored as a hash."""

import hashlib
import secrets


def new_token() -> str:
    """A fresh token for a link or a key: 22 characters, 128 random bits."""
    return secrets.token_urlsafe(16)


def digest(token: str) -> str:
    """What is stored. The token has full entropy, so a plain SHA-256 cannot be searched."""
    return hashlib.sha256(token.encode()).hexdigest()
