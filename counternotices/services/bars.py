"""What may not be notified again, and later notices that do so all the same.

Regulation 2013 art. 17: after the restoration the right holder may not notify the same item again. Such a
notice is taken and kept like any other; it is marked, and a person decides it.
"""

import logging
from datetime import datetime
from unicodedata import normalize
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from common.actors import SWEEP
from common.transactions import lock_case
from counternotices.models import BarredItem, CounterNotice, RenoticeBar
from evidence.chain import Fact
from evidence.ledger import append, case_chain
from notices.models import Case, CaseRegime, ClaimedItem, Notice
from notices.services.lifecycle import Step
from notices.services.regimes import pack_of
from notices.states import UNDECIDED, ItemOutcome

log = logging.getLogger(__name__)


def bar(counter_notice: CounterNotice, step: Step) -> None:
    """From now on this right holder may not notify these items again, if the pack says so."""
    regime = counter_notice.case_regime
    if not pack_of(regime).renotice_bar:
        return
    notice = Notice.objects.get(case_id=regime.case_id)
    items = ClaimedItem.objects.filter(
        notice=notice,
        outcome=ItemOutcome.UPHELD,
        artefact__owner_id=counter_notice.respondent_id,
    )
    artefacts = sorted({item.artefact_id for item in items if item.artefact_id})
    RenoticeBar.objects.bulk_create(
        RenoticeBar(
            counter_notice=counter_notice,
            pack_id=regime.pack_id,
            artefact_id=artefact_id,
            right_holder=right_holder(notice),
            email=notice.filer_email.casefold(),
            account_id=notice.account_id,
            since=step.now,
        )
        for artefact_id in artefacts
    )
    barred: list[Fact] = [str(artefact_id) for artefact_id in artefacts]
    facts: dict[str, Fact] = {
        "counter_notice": counter_notice.reference,
        "regime": regime.pack_id,
        "artefacts": barred,
    }
    append(case_chain(regime.case_id), "notice.barred", actor=step.actor, at=step.now, facts=facts)


def right_holder(notice: Notice) -> str:
    """Whose right is claimed, folded so that two notices can be compared."""
    return " ".join(normalize("NFKC", notice.principal or notice.filer_name).casefold().split())


def sweep(now: datetime) -> int:
    """Mark every undecided notice that runs into a bar; how many. One that fails keeps no other waiting."""
    if not RenoticeBar.objects.exists():
        return 0
    return sum(_mark(case_id, now) for case_id in _running_into(_unmarked()))


def _running_into(items: QuerySet[ClaimedItem]) -> list[UUID]:
    return list(items.order_by().values_list("notice__case_id", flat=True).distinct())


def _unmarked() -> QuerySet[ClaimedItem]:
    bars = RenoticeBar.objects.filter(artefact=OuterRef("artefact"))
    known = BarredItem.objects.filter(item=OuterRef("id"))
    return ClaimedItem.objects.filter(
        Exists(bars), ~Exists(known), notice__case__state__in=UNDECIDED
    )


def _mark(case_id: UUID, now: datetime) -> bool:
    try:
        return mark(Case.objects.get(id=case_id), now=now)
    except Exception:
        log.exception("The case %s could not be compared with what is barred.", case_id)
        return False


@transaction.atomic
def mark(case: Case, *, now: datetime) -> bool:
    """Mark the items of a case that the same right holder may not notify again under a regime it runs under."""
    lock_case(case.id)
    notice = Notice.objects.get(case=case)
    packs = CaseRegime.objects.filter(case=case).values("pack_id")
    found = [
        BarredItem(item=item, bar=one, marked_at=now)
        for item in _unmarked().filter(notice=notice)
        for one in RenoticeBar.objects.filter(
            _same_right_holder(notice), artefact=item.artefact_id, pack_id__in=packs
        )
    ]
    BarredItem.objects.bulk_create(found)
    if found:
        numbers: list[Fact] = [*sorted({one.item.number for one in found})]
        append(
            case_chain(case.id),
            "notice.runs_into_bar",
            actor=SWEEP,
            at=now,
            facts={"items": numbers, "regimes": [*sorted({one.bar.pack_id for one in found})]},
        )
    return bool(found)


def _same_right_holder(notice: Notice) -> Q:
    """Same right holder by name; same account or address count too, whoever they say they act for."""
    same = Q(right_holder=right_holder(notice))
    if notice.filer_email and not notice.principal:
        same |= Q(email=notice.filer_email.casefold())
    if notice.account_id and not notice.principal:
        same |= Q(account_id=notice.account_id)
    return same
