"""The notice as filed: its parties, its work, its items, its points of similarity and its papers."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from evidence.models import SealedFile
from notices.models.case import Case
from notices.states import ItemOutcome
from notices.tiers import ORDINARY, TIERS
from platforms.models import Artefact, ArtefactKind
from platforms.states import KinAnswer
from users.models import User


class Channel(models.TextChoices):
    """How a notice came to us."""

    PORTAL = "portal", _("Portal")
    API = "api", _("API")
    STAFF = "staff", _("Entered by staff")


class FilerRole(models.TextChoices):
    """For whom the filer speaks."""

    OWNER = "owner", _("I own the rights")
    AGENT = "agent", _("I act for the right holder")


class Notice(models.Model):
    """What was claimed, by whom, as filed. Written once; what comes later is added, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="notice")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    account = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=10)
    filer_role = models.CharField(max_length=10, choices=FilerRole.choices)
    filer_name = models.CharField(max_length=200)
    filer_email = models.EmailField(blank=True)
    filer_phone = models.CharField(max_length=50, blank=True)
    filer_address = models.TextField(blank=True)
    filer_identity = models.CharField(max_length=200, blank=True)
    principal = models.CharField(max_length=200, blank=True)
    work_title = models.CharField(max_length=300)
    work_kind = models.CharField(max_length=50, blank=True)
    work_published_at = models.CharField(max_length=500, blank=True)
    work_description = models.TextField(blank=True)
    explanation = models.TextField(blank=True)
    sample_origin = models.CharField(max_length=30, blank=True)
    requested_measures = models.JSONField(default=list)
    # Codes of the statements that were signed, each with the version of its text.
    statements = models.JSONField(default=dict)
    # What a complaint about training names besides, by the keys of its pack.
    particulars = models.JSONField(default=dict)
    signature = models.CharField(max_length=200, blank=True)
    filed_at = models.DateTimeField()
    # By the filer's own accuracy when it was filed; it orders the desk's work and moves no clock.
    tier = models.CharField(max_length=10, blank=True, default=ORDINARY, db_default=ORDINARY)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(tier__in=TIERS), name="notice_tier_known")
        ]


class ClaimedItem(models.Model):
    """One thing complained of, with an outcome of its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=[*ArtefactKind.choices, ("prompt", _("Prompt"))])
    # As the filer gave it: an id, a link, or the words of a prompt.
    locator = models.TextField()
    artefact = models.ForeignKey(Artefact, null=True, on_delete=models.PROTECT, related_name="+")
    looked_up_at = models.DateTimeField(null=True)
    outcome = models.CharField(
        max_length=10, choices=ItemOutcome.choices, default=ItemOutcome.PENDING
    )
    outcome_reason = models.TextField(blank=True)
    # When, and how fully, the platform told what the item is related to.
    kin_read_at = models.DateTimeField(null=True)
    kin_answer = models.CharField(max_length=10, choices=KinAnswer.choices, blank=True)
    # The service itself shows it, or something it reaches: a sign that it should have known (Civil Code 1197).
    promoted = models.BooleanField(default=False)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["notice", "number"], name="item_number_once"),
            models.CheckConstraint(
                condition=models.Q(kin_read_at=None, kin_answer="")
                | models.Q(kin_read_at__isnull=False, kin_answer__in=KinAnswer.values),
                name="kin_read_with_its_answer",
            ),
        ]


class SimilarityPoint(models.Model):
    """One numbered pair: what in the work and what in the item are the same. Places are per mille."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="points")
    number = models.PositiveIntegerField()
    text = models.CharField(max_length=500)
    work_x = models.PositiveSmallIntegerField(null=True)
    work_y = models.PositiveSmallIntegerField(null=True)
    item_x = models.PositiveSmallIntegerField(null=True)
    item_y = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["notice", "number"], name="point_number_once")
        ]


class FileRole(models.TextChoices):
    """What a paper of the case is."""

    ORIGINAL = "original", _("Notice as received")
    WORK = "work", _("The work")
    RIGHT_PROOF = "right_proof", _("Proof of rights")
    IDENTITY = "identity", _("Proof of identity")
    AUTHORITY = "authority", _("Authority of the agent")
    OUTPUT_COPY = "output_copy", _("Copy of the item, from the filer")
    FROZEN = "frozen", _("Evidence fetched from the platform")
    ANSWER = "answer", _("Answer to a request for information")
    RECEIPT = "receipt", _("Receipt")


# Papers that may say how an output was made. Nobody's passport is searched.
TRACED = frozenset({FileRole.WORK, FileRole.OUTPUT_COPY, FileRole.ANSWER, FileRole.FROZEN})


class NoticeFile(models.Model):
    """A sealed file and what it is in this case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(SealedFile, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=15, choices=FileRole.choices)
    item = models.ForeignKey(ClaimedItem, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    # When the worker read what the file says about its making, and asked the service for it.
    traced_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("added_at", "id")
