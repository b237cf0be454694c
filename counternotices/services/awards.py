"""Recording what a court awarded: from the paper, by a person, beside the end of proceedings or on its own."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from common.actors import staff
from common.errors import RedressError
from common.transactions import lock_case, require_transaction
from counternotices.errors import PaperOutOfOrder
from counternotices.models import Award, ProceedingsEnd
from evidence.chain import Fact
from evidence.ledger import append, case_chain
from evidence.models import SealedFile
from notices.access import require_role
from users.models import User
from users.roles import CASEWORKERS

_CENT: Final = Decimal("0.01")
_LIMIT: Final = Decimal(10) ** 15


@dataclass(frozen=True)
class Sums:
    """What the paper says of money, and which claims it dismissed. None: the paper does not name that sum."""

    claimed: Decimal | None = None
    awarded: Decimal | None = None
    costs: Decimal | None = None
    currency: str = ""
    dismissed: str = ""

    @property
    def named(self) -> dict[str, Decimal]:
        """The sums that are named, exact to the cent."""
        every = {"claimed": self.claimed, "awarded": self.awarded, "costs": self.costs}
        return {name: one.quantize(_CENT) for name, one in every.items() if one is not None}

    @property
    def empty(self) -> bool:
        """Whether the paper says nothing of the kind."""
        sums = (self.claimed, self.awarded, self.costs)
        return all(one is None for one in sums) and not self.dismissed.strip()


@dataclass(frozen=True)
class Judgment:
    """A paper that carries sums, of a suit about the case; `effective_at` from when it counts (UTC)."""

    body: str
    number: str
    file: SealedFile
    effective_at: datetime
    sums: Sums


@transaction.atomic
def record_award(case_id: UUID, judgment: Judgment, *, user: User, now: datetime) -> Award:
    """Record a judgment with sums that ended no proceedings of ours, at any state of the case.

    Measures, clocks and letters are not touched. Raises Forbidden, RedressError for sums that cannot be, and
    PaperOutOfOrder for a moment in the future.
    """
    require_role(user, *CASEWORKERS)
    check(judgment.sums)
    if judgment.effective_at > now:
        text = _("A judgment cannot count from a moment in the future.")
        raise PaperOutOfOrder(text, fields={"effective_at": text})
    lock_case(case_id)
    return _write(Award(case_id=case_id, recorded_by=user, recorded_at=now), judgment)


def award_of(end: ProceedingsEnd, sums: Sums) -> Award:
    """The sums that came with this end of proceedings, in the caller's transaction, under the case's lock."""
    require_transaction()
    check(sums)
    judgment = Judgment(end.body, end.number, end.file, end.effective_at, sums)
    case_id = end.counter_notice.case_regime.case_id
    row = Award(case_id=case_id, end=end, recorded_by=end.recorded_by, recorded_at=end.recorded_at)
    return _write(row, judgment)


def check(sums: Sums) -> None:
    """Raises RedressError, field by field, for sums that cannot be."""
    wrong: dict[str, str] = {}
    told = {"claimed": sums.claimed, "awarded": sums.awarded, "costs": sums.costs}
    for name, one in told.items():
        if one is not None and not (one.is_finite() and 0 <= one < _LIMIT):
            wrong[name] = _("Enter an amount from 0 to 999,999,999,999,999.99.")
        elif one is not None and one != one.quantize(_CENT):
            wrong[name] = _("Enter the amount with at most two decimals.")
    named = any(one is not None for one in told.values())
    code = sums.currency
    if named and not (len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()):
        wrong["currency"] = _("Say in which currency the amounts are.")
    if not named and not sums.dismissed.strip():
        wrong["awarded"] = _("Enter an amount, or which claims were dismissed.")
    if wrong:
        raise RedressError(_("The sums cannot be recorded like this."), fields=wrong)


def _write(row: Award, judgment: Judgment) -> Award:
    sums = judgment.sums
    row.body, row.number, row.file = judgment.body, judgment.number, judgment.file
    row.effective_at, row.dismissed = judgment.effective_at, sums.dismissed.strip()
    row.claimed, row.awarded, row.costs = (
        sums.named.get(name) for name in ("claimed", "awarded", "costs")
    )
    row.currency = sums.currency if sums.named else ""
    row.save(force_insert=True)
    facts: dict[str, Fact] = {
        "award": str(row.id),
        "end": str(row.end_id) if row.end_id else None,
        "file": judgment.file.sha256,
        "currency": row.currency,
        "effective_at": judgment.effective_at.isoformat(),
        **{name: str(one) for name, one in sums.named.items()},
    }
    append(
        case_chain(row.case_id),
        "award.recorded",
        actor=staff(row.recorded_by_id),
        at=row.recorded_at,
        facts=facts,
        payload=row.dismissed.encode() or None,
    )
    return row
