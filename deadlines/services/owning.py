"""Whose clocks they are."""

from collections.abc import Collection
from uuid import UUID

from common.transactions import lock_case
from deadlines.selectors import running_for_case
from deadlines.states import Owes


def hand_over(case_id: UUID, owner_id: UUID | None, kinds: Collection[str] | None = None) -> int:
    """Every open clock of the case that the provider owes now belongs to this member of staff, or to nobody.

    Of these kinds alone, when some are named. Returns how many. Takes the case lock. Who holds the case is in the ledger of the case itself.
    """
    lock_case(case_id)
    owed = running_for_case(case_id).filter(owes=Owes.PROVIDER)
    rows = owed if kinds is None else owed.filter(kind__in=kinds)
    return rows.update(owner_id=owner_id)
