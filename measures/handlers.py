"""What happens when a clock runs out: of a file that measures may rest on, of an upstream provider, of a match, of an appeal."""

from common.actors import SWEEP
from deadlines.registry import Due, Kind, Outcome, register
from measures.rules import APPEAL, MATCH, TICKET, UPSTREAM
from measures.services.closing import put_away
from notices.rules import CLOSE_FILE
from notices.services.warning import warned


def file_may_close(due: Due) -> Outcome:
    """The affected user did not answer: what was taken stays and the regime's procedure ends."""
    done = put_away(due.subject_id, due_at=due.due_at, now=due.now, actor=SWEEP)
    return Outcome.CARRIED_OUT if done else Outcome.NOT_DUE


def join() -> None:
    """Tell the deadlines room about these kinds. Called once, when the apps are ready.

    A measure outlives its case, and so does what an upstream provider, or we on an appeal, still owe on it;
    and matches are found for cases that are closed.
    """
    register(warned(Kind(CLOSE_FILE, fire=file_may_close)))
    register(warned(Kind(UPSTREAM, outlives_case=True)))
    register(warned(Kind(MATCH, outlives_case=True)))
    register(warned(Kind(APPEAL, outlives_case=True)))
    register(warned(Kind(TICKET, outlives_case=True)))
