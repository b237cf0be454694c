"""The user's word on a warning: a token that goes out with the warning and comes back once, with the same prompt."""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from screening.guard.questions import Check

LIFE: Final = timedelta(minutes=10)
_PURPOSE: Final = b"redress: confirmation of a prompt warning, 1"
_PARTS: Final = (16, 16, 8)  # bytes: the warning, the rule, the last second


class Refusal(StrEnum):
    """Why a confirmation did not count, so that the user is warned again."""

    OTHER = "other"  # not ours, or for another prompt, user or rule
    EXPIRED = "expired"
    USED = "used"
    NOT_RECORDED = (
        "not-recorded"  # the record could not be reached, and without it nothing is let pass
    )


@dataclass(frozen=True, slots=True)
class Warned:
    """The warning that a token stands for: its id, and the rule that warned."""

    id: UUID
    rule: UUID


@dataclass(frozen=True)
class Confirmations:
    """Signs and reads tokens. Every worker derives the same key, so any of them may be asked."""

    key: bytes

    @classmethod
    def under(cls, secret: str) -> "Confirmations":
        """With a key of their own, derived from the installation's secret."""
        return cls(hmac.digest(secret.encode(), _PURPOSE, "sha256"))

    def token(self, warned: Warned, check: Check, at: datetime) -> tuple[str, datetime]:
        """A token for this prompt, user and rule, and the moment it ends."""
        expires = (at + LIFE).replace(microsecond=0)
        body = warned.id.bytes + warned.rule.bytes + int(expires.timestamp()).to_bytes(8, "big")
        signed = base64.urlsafe_b64encode(body + self._signature(body, check))
        return signed.decode(), expires

    def read(self, token: str, check: Check, at: datetime) -> Warned | Refusal:
        """The warning that this token confirms for this prompt and user, or why it does not."""
        try:
            raw = base64.b64decode(token.encode(), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            return Refusal.OTHER
        body, signature = raw[: sum(_PARTS)], raw[sum(_PARTS) :]
        if not hmac.compare_digest(signature, self._signature(body, check)):
            return Refusal.OTHER
        if at.timestamp() >= int.from_bytes(body[32:], "big"):
            return Refusal.EXPIRED
        return Warned(UUID(bytes=body[:16]), UUID(bytes=body[16:32]))

    def _signature(self, body: bytes, check: Check) -> bytes:
        """Over what the token says, the user and the prompt; lengths keep the parts apart."""
        parts = [body, (check.user or "").encode(), check.prompt.encode()]
        if check.negative_prompt is not None:
            parts.append(check.negative_prompt.encode())
        digest = hashlib.sha256()
        for part in parts:
            digest.update(len(part).to_bytes(8, "big") + part)
        return hmac.digest(self.key, digest.digest(), "sha256")
