"""How long a complaint against a decision stays possible (Regulation 2022/2065 art. 20(1) and (2)).

The window begins on the day on which the party was told of the decision, with the letter that told it; a
letter that never arrived opens no window, and so closes none.
"""

import logging
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from common.actors import SWEEP
from common.transactions import lock_case
from counternotices.errors import WindowClosed
from counternotices.rules import WINDOW
from deadlines.models import Deadline
from evidence.chain import case_chain
from evidence.selectors import entries
from notices.models import CaseRegime
from notices.services.clocks import start_clock
from notices.services.regimes import pack_of
from notifications.models import Message
from regimes.loader import pack, pack_ids
from regimes.questions import complaint_window

log = logging.getLogger(__name__)
TO_RESPONDENT: Final = ("statement_of_reasons",)
TO_FILER: Final = ("notice_declined", "notice_accepted")


def sweep(now: datetime) -> int:
    """Open the window of every decision that reached a party; how many. One that fails keeps no other waiting."""
    packs = [id for id in pack_ids() if complaint_window(pack(id))]
    regimes = CaseRegime.objects.filter(pack_id__in=packs, case_id=OuterRef("case_id"))
    told = Message.objects.filter(
        Exists(regimes),
        ~Exists(Deadline.objects.filter(kind=WINDOW, subject_id=OuterRef("id"))),
        template__in=(*TO_RESPONDENT, *TO_FILER),
        delivered_at__isnull=False,
    )
    return sum(_open(letter, now) for letter in told)


@transaction.atomic
def open_windows(letter: Message, *, now: datetime) -> bool:
    """Let the window of each regime that has one run from the arrival of this letter, once."""
    lock_case(letter.case_id)
    opened = False
    for regime in CaseRegime.objects.filter(case_id=letter.case_id):
        clock = complaint_window(pack_of(regime))
        if clock and letter.delivered_at and not _row(regime, letter):
            at = letter.delivered_at
            start_clock(WINDOW, clock, regime, letter.id, at=at, now=now, actor=SWEEP)
            opened = True
    return opened


def person_window(regime: CaseRegime, person_id: UUID) -> Deadline | None:
    """The window of the decision that this affected user was told of, None where there is no last day yet."""
    told = entries(case_chain(regime.case_id)).filter(
        event="notice.forwarded", facts__respondent=str(person_id)
    )
    last = told.last()
    letters = Message.objects.filter(id=last.facts["letter"]) if last else Message.objects.none()
    return _window(regime, letters)


def filer_window(regime: CaseRegime) -> Deadline | None:
    """The same for the filer."""
    letters = Message.objects.filter(case_id=regime.case_id, template__in=TO_FILER)
    return _window(regime, letters.order_by("-queued_at"))


def require_open(window: Deadline | None, *, now: datetime) -> None:
    """Raise WindowClosed, naming the last day and why it was then, when the window has closed."""
    if window is not None and now >= window.due_at:
        raise WindowClosed(closed_words(window))


def closed_words(window: Deadline) -> str:
    """When the window closed and why then, to whoever comes too late."""
    return _(
        "Complaints about this decision were possible until the end of %(day)s: for at least six "
        "months from the day on which you were told of it. That time is over. You may still go to court."
    ) % {"day": date_format(window.last_day, _("j F Y"))}


def _window(regime: CaseRegime, letters: QuerySet[Message]) -> Deadline | None:
    letter = letters.first() if complaint_window(pack_of(regime)) else None
    if letter is None or letter.delivered_at is None:
        return None
    return _row(regime, letter)


def _row(regime: CaseRegime, letter: Message) -> Deadline | None:
    rows = Deadline.objects.filter(kind=WINDOW, subject_id=letter.id, case_regime_id=regime.id)
    return rows.first()


def _open(letter: Message, now: datetime) -> bool:
    try:
        return open_windows(letter, now=now)
    except Exception:
        log.exception(
            "The window for complaints after the letter %s could not be opened.", letter.id
        )
        return False
