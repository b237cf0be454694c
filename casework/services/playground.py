"""A prompt check from the developers' page: the guard is asked by the server, with the server's own key."""

import json
from dataclasses import dataclass
from typing import Any, Final

import httpx
from django.conf import settings
from django.utils.translation import gettext as _

from common.errors import RedressError
from common.wire import exchange

SECONDS: Final = 3.0
LARGEST: Final = 200_000


class GuardAway(RedressError):
    """The guard gave no answer."""

    code = "guard-away"
    status = 503


@dataclass(frozen=True)
class Check:
    """The guard's answer: its decision, and all of it laid out for reading."""

    decision: str
    document: str


def check(prompt: str) -> Check:
    """What the guard says of a prompt. Raises GuardAway, with the guard's own words if it said any."""
    if not settings.GUARD_TOKEN:
        raise GuardAway(_("GUARD_TOKEN is not set for this server, so the guard cannot be asked."))
    told = {"Authorization": f"Bearer {settings.GUARD_TOKEN}", "User-Agent": "Redress"}
    try:
        request = httpx.Request(
            "POST",
            f"{settings.GUARD_URL}/api/v1/prompt-checks",
            headers=told,
            json={"prompt": prompt},
        )
        answer = exchange(request, seconds=SECONDS, limit=LARGEST)
        document: Any = json.loads(answer.body)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise GuardAway(_("The guard does not answer. Is it running?")) from error
    if answer.status != httpx.codes.OK or not isinstance(document, dict):
        detail = document.get("detail", "") if isinstance(document, dict) else ""
        raise GuardAway(_("The guard refused the question: %(why)s") % {"why": detail})
    laid_out = json.dumps(document, indent=2, ensure_ascii=False)
    return Check(str(document.get("decision", "")), laid_out)
