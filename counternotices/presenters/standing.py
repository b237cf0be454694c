"""Where a counter-notice stands, said to its author: whose turn it is and what comes then."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from counternotices.states import State


@dataclass(frozen=True)
class Standing:
    """The tint of a badge, the headline, and what happens now."""

    tint: str
    headline: str | Promise
    now: str | Promise


STANDINGS: Final[dict[str, Standing]] = {
    State.FILED: Standing(
        "progress",
        _("We have your counter-notice"),
        _("It is our turn: a person who did not decide the notice checks it. The measures stay."),
    ),
    State.INCOMPLETE: Standing(
        "waiting",
        _("We need something from you"),
        _("It is your turn. Until your answer comes our check waits and the measures stay."),
    ),
    State.FORWARDED: Standing(
        "info",
        _("Your counter-notice was forwarded"),
        _("It is on its way to the filer, who may show that they sued or complained."),
    ),
    State.WAITING: Standing(
        "info",
        _("Your counter-notice reached the filer"),
        _(
            "It is the filer's turn: they may show that they sued or complained. If they do not, the "
            "measures end by themselves and you are told."
        ),
    ),
    State.HELD: Standing(
        "waiting",
        _("The filer has sued or complained"),
        _("The measures stay until the court or the authority has decided."),
    ),
    State.PREVAILED: Standing(
        "success",
        _("The measures end"),
        _(
            "What was taken away is put back, and a sanction that rested on it counts as never given."
        ),
    ),
    State.CONFIRMED: Standing(
        "",
        _("The proceedings have ended for the filer"),
        _("The measures stay for good. You may go to court against that."),
    ),
    State.REJECTED: Standing(
        "",
        _("Your counter-notice was not accepted"),
        _("The measures stay. You may file another counter-notice, and you may go to court."),
    ),
    State.WITHDRAWN: Standing(
        "",
        _("You withdrew your counter-notice"),
        _("The measures stay. You may file another counter-notice at any time."),
    ),
    State.ENDED: Standing(
        "success",
        _("The measures ended"),
        _("The notice no longer stands, so there is nothing left to contest."),
    ),
}

DISPUTED: Final = Standing(
    "waiting",
    _("Under this law the measures would end"),
    _(
        "Another law that applies still holds them: a person decides, and you are told. Nothing is lost."
    ),
)
KEPT: Final = Standing(
    "",
    _("Under this law the measures would have ended"),
    _("A person decided that they stay, because another law applies too. The reasons stand above."),
)

# What the ledger says of a counter-notice, told to its author.
HAPPENINGS: Final[dict[str, str | Promise]] = {
    "counter_notice.filed": _("You filed the counter-notice"),
    "counter_notice.information_requested": _("We asked you for what is missing"),
    "counter_notice.completed": _("Your answer was received; our check goes on"),
    "counter_notice.accepted": _("A person who did not decide the notice accepted it"),
    "counter_notice.rejected": _("It was not accepted; the reasons were sent to you"),
    "counter_notice.forwarded": _("It was forwarded to the filer"),
    "counter_notice.arrived": _("It reached the filer"),
    "suit_proof.filed": _("The filer showed suit or complaint"),
    "suit_proof.late": _("The filer showed suit or complaint after the period"),
    "counter_notice.held": _("The waiting period stopped; the measures stay"),
    "counter_notice.prevailed": _("The measures ended"),
    "counter_notice.withdrawn": _("You withdrew it"),
    "counter_notice.ended": _("Nothing is left to contest"),
}
