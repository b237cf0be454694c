"""Reading rules, and what is on record of prompt checks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet, Sum

from screening.engine.rules import Mode, Outcome
from screening.inducement import Attempt, Policy, Sign, signs
from screening.models import LostChecks, PromptCheck, PromptRule
from screening.record_names import OURS

RECENT: Final = timedelta(days=7)
WATCHED: Final = timedelta(days=90)
MOST_WEIGHED: Final = 5_000  # checks of one user, the latest


def live_rules(now: datetime) -> QuerySet[PromptRule]:
    """Rules in force at a moment, oldest first."""
    unexpired = Q(expires_at__isnull=True) | Q(expires_at__gt=now)
    return PromptRule.objects.filter(unexpired, ended_at__isnull=True)


def rules_of_case(case_id: UUID) -> QuerySet[PromptRule]:
    """Every rule, living or ended, that stands on a case, oldest first."""
    return PromptRule.objects.filter(case_id=case_id)


def rules_shown(which: str, now: datetime) -> QuerySet[PromptRule]:
    """Rules for the list, the newest first: `watching` and `in-force` live ones by mode, `ended`, or all."""
    chosen = PromptRule.objects.order_by("-created_at", "id")
    if which == "watching":
        return chosen.filter(id__in=live_rules(now).filter(mode=Mode.SHADOW).values("id"))
    if which == "in-force":
        return chosen.filter(id__in=live_rules(now).exclude(mode=Mode.SHADOW).values("id"))
    if which == "ended":
        return chosen.filter(Q(ended_at__isnull=False) | Q(expires_at__lte=now))
    return chosen


@dataclass(frozen=True)
class Hits:
    """How often a rule answered since a moment, how often users confirmed, and how many users it met."""

    all: int = 0
    confirmed: int = 0
    users: int = 0


def hits(rules: Iterable[UUID], since: datetime) -> dict[UUID, Hits]:
    """The hits of each of these rules since a moment; our own tests of blocks do not count. One query."""
    rows = (
        PromptCheck.objects.filter(rule__in=list(rules), at__gte=since)
        .exclude(surface=OURS)
        .order_by()
        .values("rule")
        .annotate(
            all=Count("id", filter=Q(confirms=None)),
            confirmed=Count("id", filter=Q(confirms__isnull=False)),
            users=Count("user_external_id", distinct=True, filter=~Q(user_external_id="")),
        )
    )
    return {row["rule"]: Hits(row["all"], row["confirmed"], row["users"]) for row in rows}


def checks_of(user_external_id: str, since: datetime) -> QuerySet[PromptCheck]:
    """The checks of a platform's user that a rule matched since a moment, with their rules, the newest first.

    By the platform's own name of the user; '' is nobody and has none. Shadow rules are among them, and
    confirmed warnings twice: as the warning, and as the confirmation (`confirms`).
    """
    if not user_external_id:
        return PromptCheck.objects.none()
    found = PromptCheck.objects.filter(user_external_id=user_external_id, at__gte=since)
    return found.filter(rule__isnull=False).select_related("rule").order_by("-at", "id")


def signs_of(user_external_id: str, now: datetime) -> list[Sign]:
    """Signs that this user tries again and again, in what is on record of the last WATCHED; shown, never acted on."""
    rows = checks_of(user_external_id, now - WATCHED).filter(confirms=None)
    told = rows.values_list("at", "rule_id", "outcome", "matches")[:MOST_WEIGHED]
    attempts = [
        Attempt(at, rule, any(one["how"] for one in matches), outcome == Outcome.ALLOW)
        for at, rule, outcome, matches in told
    ]
    within = timedelta(hours=settings.INDUCEMENT_HOURS)
    return signs(attempts, Policy(settings.INDUCEMENT_PROMPTS, within))


def checks_met(rule_id: UUID) -> QuerySet[PromptCheck]:
    """The checks that a rule answered, the newest first; for a shadow rule: what it would have stopped."""
    return PromptCheck.objects.filter(rule=rule_id).exclude(surface=OURS).order_by("-at", "id")


def drawn_by_lot(now: datetime) -> QuerySet[PromptCheck]:
    """Checks drawn by lot among all, with their text, the newest first: shares of them are shares of all prompts."""
    drawn = PromptCheck.objects.filter(sampled=True, prompt__isnull=False, text_until__gt=now)
    drawn = drawn.filter(at__gte=now - RECENT)
    # What matched is kept longer than the rest: further back than the rest goes, it would be counted alone.
    oldest = drawn.filter(rule=None).aggregate(at=Min("at"))["at"]
    if oldest is None:
        return PromptCheck.objects.none()
    return drawn.filter(at__gte=oldest).order_by("-at", "id")


def lost_since(since: datetime) -> int:
    """How many checks the guards could not put on record since a moment."""
    told = LostChecks.objects.filter(at__gte=since).aggregate(number=Sum("number"))
    return told["number"] or 0
