"""What stands against a user: one entry for each of their items that was upheld, and what holds it."""

import uuid

from django.db import models

from measures.ladder_policy import INTENTS
from measures.states import EndReason
from notices.models import Case, CaseRegime, ClaimedItem
from platforms.models import PlatformUser

_voided = models.Q(voided_at__isnull=False) & ~models.Q(voided_reason="")


class StandingEntry(models.Model):
    """One upheld item of one user, as it counts on the ladder until `expires_at` or until it is voided.

    `weight` and `expires_at` are by the policy of `policy_version` (0: built in), which was in force at `at`; a
    later one changes neither. `intent` is what a person assessed. Voided, it counts as never given: nothing is ever
    subtracted. The database lets it be voided once and changes nothing else. All UTC.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    platform_user = models.ForeignKey(PlatformUser, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(ClaimedItem, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    intent = models.CharField(max_length=12, blank=True)
    weight = models.PositiveSmallIntegerField()
    policy_version = models.PositiveIntegerField()
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    voided_reason = models.CharField(max_length=20, choices=EndReason.choices, blank=True)

    class Meta:
        ordering = ("at", "id")
        indexes = [models.Index(fields=["platform_user", "at"], name="standing_by_user")]
        constraints = [
            models.UniqueConstraint(fields=["case", "item"], name="one_entry_per_item"),
            models.CheckConstraint(
                condition=models.Q(intent__in=INTENTS), name="entry_intent_known"
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("at")), name="entry_expires_later"
            ),
            models.CheckConstraint(
                condition=_voided | models.Q(voided_at=None, voided_reason=""),
                name="voided_entry_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"entry {self.id} of user {self.platform_user_id}"


class EntryGround(models.Model):
    """One law of the case under which the item was upheld; the last one that ends voids the entry."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(StandingEntry, on_delete=models.PROTECT, related_name="grounds")
    case_regime = models.ForeignKey(CaseRegime, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "case_regime"], name="entry_ground_once")
        ]

    def __str__(self) -> str:
        return f"ground of entry {self.entry_id}"


class UserVolume(models.Model):
    """How many things the platform last said a user has: the whole of which what was upheld is a share."""

    platform_user = models.OneToOneField(
        PlatformUser, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    items = models.PositiveIntegerField()
    told_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.items} things of user {self.platform_user_id}"
