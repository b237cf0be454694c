"""What the right holder began in time or late, and how it ended."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from counternotices.models.counter_notice import CounterNotice
from evidence.models import SealedFile
from users.models import User


class ProceedingKind(models.TextChoices):
    """What the right holder began."""

    SUIT = "suit", _("Suit in court")
    COMPLAINT = "complaint", _("Complaint to the authority")
    CCB = "ccb", _("Claim before the Copyright Claims Board")


class SuitProof(models.Model):
    """The right holder's proof that they sued or complained; `in_time` is judged on arrival here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    counter_notice = models.ForeignKey(
        CounterNotice, on_delete=models.PROTECT, related_name="proofs"
    )
    kind = models.CharField(max_length=10, choices=ProceedingKind.choices)
    body = models.CharField(max_length=200)
    number = models.CharField(max_length=100, blank=True)
    file = models.ForeignKey(SealedFile, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    in_time = models.BooleanField()

    class Meta:
        ordering = ("filed_at",)


class Outcome(models.TextChoices):
    """How proceedings ended, as the paper says."""

    DISMISSED = "dismissed", _("Claim dismissed")
    WITHDRAWN = "withdrawn", _("Claim or complaint withdrawn")
    FOR_RIGHT_HOLDER = "for_right_holder", _("Judgment or decision for the right holder")
    SETTLED_ENDS = "settled_ends", _("Settlement: the measures end")
    SETTLED_STAYS = "settled_stays", _("Settlement: the measures stay")


class ProceedingsEnd(models.Model):
    """How the proceedings behind a held counter-notice ended. `effective_at`: from when that counts (UTC)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    counter_notice = models.ForeignKey(CounterNotice, on_delete=models.PROTECT, related_name="ends")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    body = models.CharField(max_length=200)
    number = models.CharField(max_length=100, blank=True)
    file = models.ForeignKey(SealedFile, on_delete=models.PROTECT, related_name="+")
    effective_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("recorded_at",)
