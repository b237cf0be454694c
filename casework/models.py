"""Exports of case files."""

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
