"""What stands against a user: entered with an upheld item, voided when its case gives the item up."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from uuid import UUID

from common.jobs import enqueue
from common.transactions import lock_case, require_transaction
from evidence.chain import Fact
from evidence.ledger import append, case_chain
from measures.ladder import expiry, weigh
from measures.models import EntryGround, StandingEntry
from measures.rules import Intent
from measures.standing_selectors import policy_in_force
from measures.states import EndReason
from notices.models import Case, CaseRegime, ClaimedItem
from notices.services.lifecycle import Step
from notices.states import ItemOutcome, RegimeState

_BATCH: Final = 500


def enter(case: Case, intents: Mapping[UUID, str], step: Step) -> list[StandingEntry]:
    """One entry for each upheld item of the case whose owner is known and which has none yet.

    `intents`: what a person assessed of each user, by the user's id; not assessed otherwise. Weight and expiry are by
    the policy in force. Raises ValueError for an intent that does not exist.
    """
    require_transaction()
    lock_case(case.id)
    version, policy = policy_in_force()
    rows = []
    for item in _without_entry(case):
        owner = item.artefact.owner_id if item.artefact else None
        if owner is None:
            continue
        intent = Intent(intents.get(owner, Intent.NOT_ASSESSED)).value
        rows.append(
            StandingEntry(
                platform_user_id=owner,
                case=case,
                item=item,
                kind=item.kind,
                intent=intent,
                weight=weigh(item.kind, intent, policy),
                policy_version=version,
                at=step.now,
                expires_at=expiry(step.now, policy),
            )
        )
    StandingEntry.objects.bulk_create(rows, batch_size=_BATCH)
    _stand_on(case, rows)
    _record_entered(case, rows, step)
    return rows


def let_go(
    regime: CaseRegime, reason: str, step: Step, *, items: Sequence[UUID] | None = None
) -> list[UUID]:
    """This regime of the case gives its items up, or only these: entries that nothing holds any more are voided.

    Touches entries of this case alone. Returns the ids of those it voided. Doing it twice does nothing.
    """
    require_transaction()
    grounds = EntryGround.objects.filter(case_regime=regime, ended_at=None)
    if items is not None:
        grounds = grounds.filter(entry__item__in=items)
    ids = sorted(grounds.order_by().values_list("entry_id", flat=True))
    if not ids:
        return []
    at = step.effective_at or step.now
    EntryGround.objects.filter(case_regime=regime, ended_at=None, entry__in=ids).update(ended_at=at)
    facts: dict[str, Fact] = {"regime": str(regime.id), "reason": reason, "entries": _texts(ids)}
    _write(regime.case_id, "standing.ground_ended", step, facts)
    held = EntryGround.objects.filter(entry__in=ids, ended_at=None)
    free = sorted(set(ids) - set(held.values_list("entry_id", flat=True)))
    if free:
        StandingEntry.objects.filter(id__in=free, voided_at=None).update(
            voided_at=at, voided_reason=EndReason(reason).value
        )
        voided: dict[str, Fact] = {"reason": reason, "entries": _texts(free)}
        _write(regime.case_id, "standing.voided", step, voided)
    return free


def _without_entry(case: Case) -> Iterable[ClaimedItem]:
    entered = StandingEntry.objects.filter(case=case).values("item")
    upheld = ClaimedItem.objects.filter(notice__case=case, outcome=ItemOutcome.UPHELD)
    return upheld.exclude(id__in=entered).select_related("artefact").order_by("number")


def _stand_on(case: Case, rows: Sequence[StandingEntry]) -> None:
    regimes = [one for one in case.regimes.all() if one.state != RegimeState.REMOVED]
    grounds = [EntryGround(entry=row, case_regime=regime) for row in rows for regime in regimes]
    EntryGround.objects.bulk_create(grounds, batch_size=_BATCH)


def _record_entered(case: Case, rows: Sequence[StandingEntry], step: Step) -> None:
    """One entry of the ledger for each user, and the service asked how much they have."""
    by_user: dict[UUID, list[StandingEntry]] = {}
    for row in rows:
        by_user.setdefault(row.platform_user_id, []).append(row)
    for person, theirs in by_user.items():
        facts: dict[str, Fact] = {
            "respondent": str(person),
            "policy": theirs[0].policy_version,
            "intent": theirs[0].intent,
            "expires_at": theirs[0].expires_at.isoformat(),
            "entries": [
                {"entry": str(row.id), "item": row.item.number, "weight": row.weight}
                for row in theirs
            ],
        }
        _write(case.id, "standing.entered", step, facts)
        enqueue("measures.count_things", person)


def _write(case_id: UUID, event: str, step: Step, facts: Mapping[str, Fact]) -> None:
    append(case_chain(case_id), event, actor=step.actor, at=step.now, facts=facts)


def _texts(ids: Iterable[UUID]) -> list[Fact]:
    return [str(one) for one in ids]
