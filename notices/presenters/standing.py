"""Where a case stands, in the six words that outsiders are told."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notices.models import Case
from notices.states import CaseState


@dataclass(frozen=True)
class Standing:
    """A badge (its tint and its word) and a headline for the filer."""

    tint: str
    word: str | Promise
    headline: str | Promise


_RECEIVED = Standing("info", _("Received"), _("We have received your notice"))
_WAITING = Standing("waiting", _("We need something from you"), _("We need something from you"))
_REVIEW = Standing("progress", _("Under review"), _("Your notice is under review"))
_TAKEN = Standing("success", _("Measures taken"), _("Your notice was accepted"))
_NONE = Standing("", _("No measures"), _("No measures were taken on your notice"))
_LAPSED = Standing("", _("No measures"), _("Your notice was closed because it was not completed"))
_WITHDRAWN = Standing("", _("Withdrawn"), _("You withdrew this notice"))
_CLOSED = Standing(
    "success", _("Measures taken"), _("Your notice was accepted; the case is closed")
)
_ENDED = Standing("", _("Measures ended"), _("The measures on your notice have ended"))

STANDINGS: Final[dict[str, Standing]] = {
    CaseState.RECEIVED: _RECEIVED,
    CaseState.IN_REVIEW: _REVIEW,
    CaseState.AWAITING_FILER: _WAITING,
    CaseState.ACCEPTED: _TAKEN,
    CaseState.DECLINED: _NONE,
    CaseState.LAPSED: _LAPSED,
    CaseState.WITHDRAWN: _WITHDRAWN,
    CaseState.CLOSED: _CLOSED,
}


def standing(case: Case, *, restored: bool) -> Standing:
    """How the filer is told where the case stands. `restored`: every regime's measures have ended."""
    if restored:
        return _ENDED
    return STANDINGS[case.state]
