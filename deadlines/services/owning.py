"""Whose clocks they are."""

from uuid import UUID

from common.transactions import lock_case
from deadlines.selectors import running_for_case
from deadlines.states import Owes


def hand_over(case_id: UUID, owner_id: UUID | None) -> int:
    """Every open clock of the case that the provider owes now belongs to this member of staff, or to nobody.

    Returns how many. Takes the case lock. Who holds the case is in the ledger of the case itself.
    """
    lock_case(case_id)
    return running_for_case(case_id).filter(owes=Owes.PROVIDER).update(owner_id=owner_id)
