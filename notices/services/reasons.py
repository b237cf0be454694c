"""Reasons that a person gives: in both languages, because each party gets them in theirs."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from common.errors import RedressError


def require_reasons(reasons: Mapping[str, str]) -> None:
    """Raise RedressError unless there are words in English (`en`) and in Chinese (`zh-Hans`)."""
    if not all(reasons.get(language, "").strip() for language in ("en", "zh-Hans")):
        raise RedressError(_("Give reasons in English and in Chinese."), fields={"reasons": ""})


def as_payload(reasons: Mapping[str, str]) -> bytes:
    """The reasons as the ledger keeps them: each under its language tag, in the order of the tags."""
    return "\n\n".join(f"[{tag}] {words}" for tag, words in sorted(reasons.items())).encode()
