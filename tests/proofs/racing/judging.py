"""Who won a round, by the ledger; and whether the rows and the answers over HTTP agree with it."""

from collections import Counter
from collections.abc import Sequence
from http import HTTPStatus

from deadlines.states import State
from evidence.models import LedgerEntry
from notices.models import Case
from notices.states import CaseState
from tests.proofs.racing.scene import ASKED, Asked

HUMAN, SWEEP, NOBODY_OR_BOTH = "the filer won", "the sweep won", "nobody or both won"
# What the ledger says when the one wins and when the other does.
STORIES = {
    HUMAN: Counter({"information.received": 1, "deadline.met": 1}),
    SWEEP: Counter({"notice.lapsed": 1, "deadline.fired": 1}),
}
TAKEN, REFUSED = HTTPStatus.FOUND, HTTPStatus.CONFLICT


def winner(asked: Asked) -> str:
    """The one whose story the ledger of the case tells, whole and alone."""
    about_both = {name for story in STORIES.values() for name in story}
    clock = str(asked.clock().pk)
    entries = LedgerEntry.objects.filter(chain_id=asked.case_id, event__in=about_both)
    told = Counter(
        entry.event
        for entry in entries
        if not entry.event.startswith("deadline.") or entry.facts["deadline"] == clock
    )
    return next((who for who, story in STORIES.items() if told == story), NOBODY_OR_BOTH)


def contradictions(asked: Asked, who: str, answers: Sequence[int]) -> list[str]:
    """What does not fit the ledger's story: the case, the clock, the moment, what the filer was told."""
    state, clock = Case.objects.get(id=asked.case_id).state, asked.clock()
    told = LedgerEntry.objects.filter(chain_id=asked.case_id, event="information.received").first()
    fits = {
        "case": (state == CaseState.LAPSED) == (who == SWEEP),
        "clock": clock.state == {HUMAN: State.MET, SWEEP: State.FIRED}.get(who),
        "in time": told is None or told.at < clock.due_at,
        "element": told is None or told.facts["elements"] == [ASKED],
        "answers": set(answers) <= {TAKEN, REFUSED} and (TAKEN in answers) == (who == HUMAN),
        "tries": clock.attempts == 0,
    }
    return [name for name, good in fits.items() if not good]
