"""Exports of case files, and the sheets on which a case is assessed."""

import uuid

from django.db import models

from evidence.models import SealedFile
from notices.models import Case
from users.models import User


class Export(models.Model):
    """One case file that somebody asked for: a PDF and a ZIP, sealed when they are ready.

    `error` is a sentence for the person who asked; an export with one may be asked for anew.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    pdf = models.ForeignKey(SealedFile, null=True, on_delete=models.PROTECT, related_name="+")
    bundle = models.ForeignKey(SealedFile, null=True, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-requested_at",)


class Assessment(models.Model):
    """One version of a case's assessment sheet, written once; the database refuses every change.

    `answers` maps questions (assessment/questions.py, in the set `edition`) to `{"finding", "note"}`; what
    nobody answered is not in it. `held` maps questions to what the house itself knew about them at that moment,
    each with its sentence and source in both languages. `sha256` is that of assessment/sheet.py's bytes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    edition = models.CharField(max_length=20)
    answers = models.JSONField()
    held = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("version",)
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="assessment_version_once"),
            models.CheckConstraint(
                condition=models.Q(version__gte=1), name="assessment_versions_begin_at_one"
            ),
            models.CheckConstraint(
                condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="assessment_hash_is_sha256"
            ),
        ]

    def __str__(self) -> str:
        return f"assessment {self.version} of {self.case_id}"
