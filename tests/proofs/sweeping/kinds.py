"""A duty that is breached by the hundred, and a consequence whose handler leaves a mark of its own."""

from common.actors import SWEEP
from deadlines.registry import Due, Kind, register
from evidence.ledger import append, case_chain

DUTY, CONSEQUENCE = "proof.duty", "proof.consequence"
MARK = "notice.lapsed"


def carry_out(due: Due) -> None:
    """The effect: one more entry in the ledger of the case."""
    facts = {"deadline": str(due.deadline_id)}
    append(case_chain(due.case_id), MARK, actor=SWEEP, at=due.now, facts=facts)


def join() -> None:
    """Make both kinds known to this process."""
    register(Kind(DUTY))
    register(Kind(CONSEQUENCE, fire=carry_out))
