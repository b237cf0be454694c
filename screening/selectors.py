"""Reading rules."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from screening.models import PromptRule


def live_rules(now: datetime) -> QuerySet[PromptRule]:
    """Rules in force at a moment, oldest first."""
    unexpired = Q(expires_at__isnull=True) | Q(expires_at__gt=now)
    return PromptRule.objects.filter(unexpired, ended_at__isnull=True)


def rules_of_case(case_id: UUID) -> QuerySet[PromptRule]:
    """Every rule, living or ended, that stands on a case, oldest first."""
    return PromptRule.objects.filter(case_id=case_id)
