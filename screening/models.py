"""Prompt rules as rows. They are born, take effect, end, and are never deleted."""

import uuid
from typing import ClassVar

from django.db import models

from screening.engine.rules import Mode


class PromptRule(models.Model):
    """A prompt rule with its birth certificate: the case it stands on and who approved it.

    `terms` is a list of {"text", "language"}, `allow_phrases` a list of texts in which the terms may
    stand, `fields` the names of the prompt's fields it looks at, `territory` a two-letter code, EU or
    '' for everywhere, `user_message` maps en and zh-Hans to what the user is told. Times are UTC.
    `version` is given by the database at every change and grows in the order of the commits; what one
    transaction changes may share it.
    `case_id` is a plain id: cases lie in a room above.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.BigIntegerField(db_index=True, editable=False, default=0)
    terms = models.JSONField()
    allow_phrases = models.JSONField(default=list)
    fields = models.JSONField()
    territory = models.CharField(max_length=2, blank=True, default="")
    mode = models.CharField(max_length=10)
    reason_code = models.CharField(max_length=40)
    case_id = models.UUIDField(db_index=True)
    case_reference = models.CharField(max_length=30)
    user_message = models.JSONField()
    appeal_url = models.CharField(max_length=500)
    expires_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    approved_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["version", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(mode__in=[str(mode) for mode in Mode]), name="rule_mode_known"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_reason="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ended_reason="")),
                name="rule_ended_with_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(approved_by=""), name="rule_approved_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"rule {self.id} of {self.case_reference}"


class RuleSetVersion(models.Model):
    """One row: the version of the newest change of any rule. Only the database's trigger writes it."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    version = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="rule_set_has_one_version"),
        ]

    def __str__(self) -> str:
        return f"rule set {self.version}"
