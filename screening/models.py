"""Prompt rules and works as rows. They are born, take effect, end, and are never deleted."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from screening.display_models import DisplayProof as DisplayProof
from screening.display_models import DisplaySetVersion as DisplaySetVersion
from screening.display_models import DisplayText as DisplayText
from screening.engine.rules import Mode
from screening.list_models import RuleList, RuleProposal
from screening.record_models import LostChecks, PromptCheck

__all__ = [
    "Fingerprint",
    "LostChecks",
    "OutputMatch",
    "PrintKind",
    "PromptCheck",
    "PromptRule",
    "RuleList",
    "RuleProposal",
    "RuleSetVersion",
    "Work",
    "WorkSetVersion",
]


class PromptRule(models.Model):
    """A prompt rule with its birth certificate: the case it stands on and who approved it.

    `terms` is a list of {"text", "language"}, with "alias": true where it is not the work's own name;
    `work` and `owner` say what is protected and whose it is. `names_person`: a term is the name of a real
    person, so the rule never leaves the house. `allow_phrases` is a list of texts in which the terms may stand, `fields` the names of the prompt's fields it looks at, `territory` a two-letter code, EU or
    '' for everywhere, `user_message` maps en and zh-Hans to what the user is told. Times are UTC.
    `version` is given by the database at every change and grows in the order of the commits; what one
    transaction changes may share it.
    `case_id` is a plain id: cases lie in a room above.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.BigIntegerField(db_index=True, editable=False, default=0)
    work = models.CharField(max_length=300, blank=True, default="")
    owner = models.CharField(max_length=200, blank=True, default="")
    terms = models.JSONField()
    names_person = models.BooleanField(default=False)
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
    ordered_by = models.CharField(max_length=200, blank=True, default="")
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


class Work(models.Model):
    """A protected work as the output check knows it, with the case it stands on.

    `version` is given by the database at every change and grows in the order of the commits. What is
    remembered of the work (`Fingerprint`) is stored with it, in one transaction, and never changes.
    `item_id`: the claimed item of that case whose files these are; none where they were handed in as the work.
    Both are plain ids: cases lie in a room above.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.BigIntegerField(db_index=True, editable=False, default=0)
    owner = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    case_id = models.UUIDField(db_index=True)
    case_reference = models.CharField(max_length=30)
    item_id = models.UUIDField(null=True, db_index=True)
    approved_by = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["version", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item_id"],
                condition=models.Q(ended_at__isnull=True),
                name="one_living_work_per_item",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_reason="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ended_reason="")),
                name="work_ended_with_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(approved_by=""), name="work_approved_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"work {self.id} of {self.case_reference}"


class PrintKind(models.TextChoices):
    """By what a work is recognised."""

    FILE = "file", _("The same file")
    TENSORS = "tensors", _("The same model under another name")
    PICTURE = "picture", _("A picture that shows the work")
    TEXT = "text", _("A text with passages of the work")


class Fingerprint(models.Model):
    """One file of a work, as it is recognised: 32 bytes, and for pictures and texts what lies behind them.

    `bits` is SHA-256 of the file or its tensors, or PDQ of the picture, or SHA-256 of the text.
    `codes` are read by every guard at its start: rows of 32 bytes for the points of a picture, of 8 bytes
    for the passages of a text. `points` and `small` are read for candidates only. `upheld`: of an output
    that a decision upheld; equal bytes of such a one alone are refused.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=PrintKind.choices)
    bits = models.BinaryField(max_length=32)
    upheld = models.BooleanField(default=False)
    codes = models.BinaryField(default=b"")
    points = models.BinaryField(default=b"")
    small = models.BinaryField(default=b"")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["work", "kind", "bits"], name="print_once_per_work"),
            models.CheckConstraint(
                condition=models.Q(kind__in=PrintKind.values), name="print_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(upheld=False) | models.Q(kind__in=["file", "tensors"]),
                name="only_files_are_upheld",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.work_id}"


class OutputMatch(models.Model):
    """An output in which the guard recognised a work. Written by the guard, never changed or deleted.

    A match is a hint but for `file` and `tensors`, which are equal to the last bit; `decision` is `block`
    where they are those of an upheld output, else `review`. `user_external_id`,
    `surface` and `output_external_id` are the platform's own names, as it gave them. The output is not kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="+")
    fingerprint = models.ForeignKey(Fingerprint, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=PrintKind.choices)
    decision = models.CharField(max_length=10)
    output_sha256 = models.CharField(max_length=64)
    distance = models.PositiveSmallIntegerField(null=True)
    score = models.FloatField()
    spans = models.JSONField(default=list)
    user_external_id = models.CharField(max_length=200, blank=True)
    surface = models.CharField(max_length=200, blank=True)
    output_external_id = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(decision="block", kind__in=["file", "tensors"])
                | models.Q(decision="review"),
                name="only_equal_files_are_blocked",
            )
        ]
        # Whoever takes matches up reads the newest.
        indexes: ClassVar = [models.Index(fields=["at"], name="output_match_by_time")]

    def __str__(self) -> str:
        return f"match {self.id}"

    @property
    def refused(self) -> bool:
        """Whether the guard refused the output: it is the same file as an upheld one."""
        return self.decision == "block"


class WorkSetVersion(models.Model):
    """One row: the version of the newest change of any work. Only the database's trigger writes it."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    version = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="work_set_has_one_version"),
        ]

    def __str__(self) -> str:
        return f"work set {self.version}"
