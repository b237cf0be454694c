"""A notice that is being written."""

import uuid

from django.db import models

from evidence.models import SealedFile
from notices.models.case import Case
from notices.models.notice import FileRole
from users.models import User


class Draft(models.Model):
    """A notice that is being written. Found again by its token, on any device."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=10)
    answers = models.JSONField(default=dict)
    account = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    case = models.OneToOneField(Case, null=True, on_delete=models.PROTECT, related_name="+")


class DraftFile(models.Model):
    """A file of a draft, kept by content; sealed when the notice is signed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(SealedFile, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=15, choices=FileRole.choices)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("added_at", "id")


class Upload(models.Model):
    """A file handed in by the API, to be named in a notice by whoever handed it in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(SealedFile, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
