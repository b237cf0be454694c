"""Secrets we hand out and never keep: 128 random bits, stored as a hash."""

import hashlib
import re
import secrets
from typing import Final

# The pages that open by a token in their address, and the token itself.
_LINK: Final = re.compile(r"(/(?:track|answer|find|draft)/)[A-Za-z0-9_-]{22}(?![A-Za-z0-9_-])")


def new_token() -> str:
    """A fresh token for a link or a key: 22 characters, 128 random bits."""
    return secrets.token_urlsafe(16)


def digest(token: str) -> str:
    """What is stored. The token has full entropy, so a plain SHA-256 cannot be searched."""
    return hashlib.sha256(token.encode()).hexdigest()


def without_tokens(text: str) -> str:
    """A text with the token of every link of ours left out, so that whoever reads it opens nobody's page."""
    return _LINK.sub(r"\1…", text)
