"""The notifier's internal complaint against a refusal (Regulation 2022/2065 art. 20(1))."""

import uuid

from django.db import models
from django.db.models import F, Q
from django_fsm import transition

from common.states import StateField
from counternotices.states import ComplaintState as S
from notices.models import CaseRegime
from users.models import User


class Complaint(models.Model):
    """A filer says that the refusal of their notice, or of some items, is unfounded.

    `decision_by` is who decided the notice, copied here so that the database itself can refuse them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    case_regime = models.ForeignKey(CaseRegime, on_delete=models.PROTECT, related_name="+")
    state = StateField(default=S.FILED, choices=S.choices)
    language = models.CharField(max_length=10)
    grounds = models.TextField()
    filed_at = models.DateTimeField()
    decision_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reviewed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    reasons = models.JSONField(default=dict)

    class Meta:
        ordering = ("filed_at",)
        constraints = [
            models.CheckConstraint(condition=Q(state__in=S.values), name="complaint_state"),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("decision_by")),
                name="complaint_reviewed_by_another",
            ),
            models.UniqueConstraint(
                fields=["case_regime"], condition=Q(state=S.FILED.value), name="one_open_complaint"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @transition(field=state, source=S.FILED, target=S.UPHELD)
    def uphold(self) -> None:
        """Another person than the decider found it justified; the refusal is reversed."""

    @transition(field=state, source=S.FILED, target=S.REJECTED)
    def reject(self) -> None:
        """Another person than the decider found the refusal right, with reasons."""
