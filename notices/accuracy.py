"""How right a filer has been, over all notices of their account."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from notices.filers import Filer, sanctions_of
from notices.models import Case, CaseRegime
from notices.states import CaseState, RegimeState, SanctionState
from notices.tiers import ORDINARY, PERIOD_DAYS, Accuracy, tier


def accuracy_of(account_id: UUID, *, now: datetime) -> Accuracy:
    """What was decided within the last PERIOD_DAYS of the notices filed with this account. Two queries.

    Of an account and never of an address: anybody can write down an address.
    """
    since = now - timedelta(days=PERIOD_DAYS)
    restored = CaseRegime.objects.filter(case=OuterRef("id"), state=RegimeState.RESTORED)
    mine = Case.objects.filter(notice__account=account_id, decided_at__gte=since)
    given_back = Q(given_back=True) & ~Q(state=CaseState.WITHDRAWN)
    numbers = mine.annotate(given_back=Exists(restored)).aggregate(
        decided=Count("id"),
        wrong=Count("id", filter=Q(decision__accepted=False) | given_back),
    )
    against = sanctions_of(Filer(account_id, "")).exclude(state=SanctionState.LIFTED)
    return Accuracy(**numbers, sanctioned=against.filter(decided_at__gte=since).exists())


def tier_of(account_id: UUID | None, *, now: datetime) -> str:
    """The tier of whoever files with this account at this moment; ORDINARY without one."""
    return tier(accuracy_of(account_id, now=now)) if account_id else ORDINARY
