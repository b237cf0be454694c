"""What a court was asked for and ordered about the measures of a case."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from common.states import StateField
from counternotices.states import CourtState as S
from evidence.models import SealedFile
from measures.models import Measure
from notices.models import CaseRegime
from platforms.models import PlatformUser
from users.models import User


class Effect(models.TextChoices):
    """What the order does to the measures that it names."""

    KEEP = "keep", _("The measures stay until the court lifts the order")
    RESTORE = "restore", _("The measures end at once (reverse preservation)")


class CourtOrder(models.Model):
    """An application to a court or its order, about these measures of a case and no others.

    `before_suit`: preservation before the suit, which falls away unless its applicant sues in time.
    `respondent` is the affected user for whom a reverse preservation was made.
    """

    initial = (S.APPLIED, S.IN_FORCE)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    case_regime = models.ForeignKey(CaseRegime, on_delete=models.PROTECT, related_name="+")
    respondent = models.ForeignKey(
        PlatformUser, null=True, on_delete=models.PROTECT, related_name="+"
    )
    measures = models.ManyToManyField(Measure, related_name="+")
    effect = models.CharField(max_length=10, choices=Effect.choices)
    before_suit = models.BooleanField()
    urgent = models.BooleanField()
    state = StateField(choices=S.choices)
    court = models.CharField(max_length=200)
    number = models.CharField(max_length=100, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("recorded_at",)
        constraints = [
            models.CheckConstraint(condition=Q(state__in=S.values), name="court_order_state")
        ]

    def __str__(self) -> str:
        return self.reference

    @transition(field=state, source=S.APPLIED, target=S.IN_FORCE)
    def grant(self) -> None:
        """The court granted what was asked for."""

    @transition(field=state, source=S.APPLIED, target=S.REFUSED)
    def refuse(self) -> None:
        """The court refused it, or the application was withdrawn."""

    @transition(field=state, source=S.IN_FORCE, target=S.LIFTED)
    def lift(self) -> None:
        """The court lifted its order."""

    @transition(field=state, source=S.IN_FORCE, target=S.LAPSED)
    def lapse(self) -> None:
        """Nobody sued within the time after preservation before the suit."""


class PaperKind(models.TextChoices):
    """What a court paper shows."""

    APPLICATION = "application", _("Application accepted by the court")
    ORDER = "order", _("Order of the court")
    REFUSAL = "refusal", _("Refusal by the court")
    SUIT = "suit", _("Proof that the applicant sued")
    LIFTING = "lifting", _("Lifting of the order")


class CourtPaper(models.Model):
    """A sealed paper of the court, and what it shows. `effective_at`: from when that counts (UTC)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(CourtOrder, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=12, choices=PaperKind.choices)
    file = models.ForeignKey(SealedFile, on_delete=models.PROTECT, related_name="+")
    effective_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("recorded_at",)
