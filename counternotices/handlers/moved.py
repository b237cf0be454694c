"""Who is told that a date of this room moved: whoever was told the date before, in their language."""

from counternotices.models import CounterNotice, CourtOrder
from counternotices.presenters.clocks import TO_FILER, TO_RESPONDENT
from counternotices.services import letters
from counternotices.services.letters_court import touched_by
from deadlines.models import Deadline
from deadlines.registry import Change, Due
from evidence.ledger import case_chain
from evidence.selectors import entries
from measures.selectors import people_affected
from notices.models import Case
from notices.presenters.clocks import TOLD
from notices.services.moving import tell_filer
from platforms.models import PlatformUser


def of_counter_notice(due: Due, change: Change) -> None:
    """Its two sides, each where they were told this clock."""
    if due.kind in TO_FILER or due.kind in TOLD:
        filer(due, change)
    author = CounterNotice.objects.select_related("respondent").get(id=due.subject_id).respondent
    _respondent(due, change, author)


def of_court_order(due: Due, change: Change) -> None:
    """The filer and whoever the order's measures touch."""
    filer(due, change)
    order = CourtOrder.objects.get(id=due.subject_id)
    for person in touched_by(order):
        _respondent(due, change, person)


def of_window(due: Due, change: Change) -> None:
    """Whoever the letter that opened the window was written to."""
    told = entries(case_chain(due.case_id)).filter(
        event="notice.forwarded", facts__letter=str(due.subject_id)
    )
    forwarded = told.last()
    if forwarded is None:
        filer(due, change)
    else:
        person = PlatformUser.objects.get(id=forwarded.facts["respondent"])
        _respondent(due, change, person)


def of_case(due: Due, change: Change) -> None:
    """Everybody whom the case affects."""
    for person in people_affected(Case.objects.get(id=due.case_id)):
        _respondent(due, change, person)


def filer(due: Due, change: Change) -> None:
    """The filer alone."""
    label = TO_FILER.get(due.kind) or TOLD[due.kind]
    tell_filer(_row(due), change, label, now=due.now)


def _respondent(due: Due, change: Change, person: PlatformUser) -> None:
    letters.date_moved(_row(due), change, person, TO_RESPONDENT[due.kind], now=due.now)


def _row(due: Due) -> Deadline:
    return Deadline.objects.get(pk=due.deadline_id)
