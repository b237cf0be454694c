"""A forwarded counter-notice as the right holder sees it on their page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from counternotices.models import CounterNotice, CounterNoticeFile, ProceedingKind
from counternotices.presenters import clocks
from counternotices.rules import PROOF_EVENTS
from counternotices.selectors import clocks_of, forwarded_in, proofs_of
from counternotices.services.disclosure import Shown, as_filer_sees, files_for_filer, seen
from counternotices.services.wording import period_words
from counternotices.states import STOPPABLE, State
from notices.models import Case
from notices.presenters import dispute
from notices.services.regimes import pack_of
from regimes.questions import hold

_NOW = {
    State.FORWARDED: _("It is on its way to you."),
    State.WAITING: _("It is your turn."),
    State.HELD: _("Your proof of suit or complaint came in time. The measures stay."),
    State.PREVAILED: _("The measures that it concerns have ended."),
    State.CONFIRMED: _("The proceedings have ended in your favour. The measures stay for good."),
    State.WITHDRAWN: _("The user took it back. The measures stay."),
    State.ENDED: _("The measures ended for another reason."),
}

DISPUTED: Final = _(
    "Under its law the measures would end. Another law that applies still holds them: a person decides."
)
KEPT: Final = _(
    "Under its law the measures would have ended. A person decided that they stay, because another law applies too."
)


@dataclass(frozen=True)
class Forwarded:
    """What the other side said, until when the right holder may act and why, and what they showed."""

    row: CounterNotice
    now: str | Promise
    said: list[Shown]
    signature: str
    files: list[CounterNoticeFile]
    right_to_sue: str
    period: str
    clocks: list[clocks.Clock]
    proved: bool
    may_prove: bool
    disputed: bool = False


def forwarded(case: Case) -> list[Forwarded]:
    """Every counter-notice of the case that was forwarded, in the active language."""
    held = {one.law: DISPUTED if one.open else KEPT for one in dispute.of_case(case.id)}
    return [_disputed(present(row), held) for row in forwarded_in(case.id)]


def _disputed(shown: Forwarded, held: Mapping[str, str | Promise]) -> Forwarded:
    """What prevailed under its own law does not end the measures while another law holds them."""
    law = shown.row.case_regime.pack_id
    prevailed = shown.row.state == State.PREVAILED
    return replace(shown, now=held[law], disputed=True) if prevailed and law in held else shown


def present(row: CounterNotice) -> Forwarded:
    """One of them."""
    language = get_language() or "en"
    pack = pack_of(row.case_regime)
    open_ = row.state in STOPPABLE and bool(proof_kinds(row))
    return Forwarded(
        row=row,
        now=_NOW.get(State(row.state), ""),
        said=[one for one in as_filer_sees(pack, row.answers, language) if one.text],
        signature=seen(pack, "signature", row.signature),
        files=files_for_filer(row),
        right_to_sue=pack.right_to_sue_text.in_language(language),
        period=period_words(pack),
        clocks=clocks.told(clocks_of(row), clocks.TO_FILER) if open_ else [],
        proved=proofs_of(row).exists(),
        may_prove=open_,
    )


def proof_kinds(row: CounterNotice) -> list[str]:
    """What stops the waiting period under this law: suit, and where the pack says so a complaint."""
    pack = pack_of(row.case_regime)
    return [kind for kind in ProceedingKind.values if hold(pack, PROOF_EVENTS[kind])]
