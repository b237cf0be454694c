"""What the guard remembers of prompt checks, and what it could not remember."""

import uuid
from typing import ClassVar

from django.db import models

from screening.engine.rules import Mode, Outcome


class PromptCheck(models.Model):
    """One prompt check: every one that a rule matched, and a sampled share of all.

    Written by the guard behind its answer. `id` is that of the answer. `user_external_id` and `surface`
    are the platform's own names. `rule` is the one that answered, None where nothing matched. `matches`
    is a list of {"field", "start", "end", "term", "how"}: the rule's terms and where they stood, in code
    points. `prompt` maps fields to their texts and is wiped at `text_until`; the row goes at `keep_until`
    and never before (the database sees to that). `sampled`: drawn by lot among all checks, so that shares
    of such rows are shares of all prompts. `confirms`: the warning that the user confirmed with this check,
    each at most once. Times are UTC.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    user_external_id = models.CharField(max_length=200, blank=True)
    surface = models.CharField(max_length=200, blank=True)
    rule = models.ForeignKey(
        "screening.PromptRule", null=True, on_delete=models.PROTECT, related_name="+"
    )
    mode = models.CharField(max_length=10, blank=True)
    outcome = models.CharField(max_length=10)
    matches = models.JSONField(default=list)
    prompt = models.JSONField(null=True)
    sampled = models.BooleanField(default=False)
    confirms = models.UUIDField(null=True, unique=True)
    text_until = models.DateTimeField()
    keep_until = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["rule", "-at"], name="check_by_rule"),
            models.Index(
                fields=["user_external_id", "-at"],
                condition=models.Q(rule__isnull=False),
                name="check_by_user",
            ),
            models.Index(
                fields=["-at"], condition=models.Q(sampled=True), name="check_drawn_by_lot"
            ),
            models.Index(
                fields=["text_until"],
                condition=models.Q(prompt__isnull=False),
                name="check_to_be_wiped",
            ),
            models.Index(fields=["keep_until"], name="check_to_go"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=[str(one) for one in Outcome]),
                name="prompt_check_outcome_known",
            ),
            models.CheckConstraint(
                condition=models.Q(rule=None, mode="", sampled=True)
                | models.Q(rule__isnull=False, mode__in=[str(one) for one in Mode]),
                name="check_matched_or_drawn",
            ),
        ]

    def __str__(self) -> str:
        return f"check {self.id}"


class LostChecks(models.Model):
    """How many checks one guard worker could not put on record since it last said so."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    worker = models.CharField(max_length=50)
    number = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["-at", "id"]

    def __str__(self) -> str:
        return f"{self.number} checks lost by {self.worker}"
