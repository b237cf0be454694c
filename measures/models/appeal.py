"""The affected user's appeal against a sanction alone, answered by somebody who had no part in it."""

import uuid

from django.db import models
from django.db.models import F, Q
from django_fsm import transition

from common.states import StateField
from measures.models.measure import Measure
from measures.states import AppealState as S
from notices.models import Case, CaseRegime
from platforms.models import PlatformUser
from users.models import User


class SanctionAppeal(models.Model):
    """A user says that a sanction on them is wrong or too much, whatever becomes of the content.

    `case` is the one by whose page they came; `decision_by` who ordered the sanction, copied here so that the
    database itself can refuse them. All UTC.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    case_regime = models.ForeignKey(CaseRegime, on_delete=models.PROTECT, related_name="+")
    platform_user = models.ForeignKey(PlatformUser, on_delete=models.PROTECT, related_name="+")
    state = StateField(default=str(S.FILED), choices=S.choices, max_length=10)
    language = models.CharField(max_length=10)
    grounds = models.TextField()
    filed_at = models.DateTimeField()
    decision_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reviewed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    reasons = models.JSONField(default=dict)

    class Meta:
        ordering = ("filed_at", "id")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=S.values), name="appeal_state_known"),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("decision_by")),
                name="appeal_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[str(S.FILED), str(S.MOOT)])
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="appeal_answered_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["measure"], condition=Q(state=str(S.FILED)), name="one_open_appeal"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @transition(state, source=S.FILED, target=S.UPHELD)
    def uphold(self) -> None:
        """Another person found it justified: the sanction ends and counts as never given."""

    @transition(state, source=S.FILED, target=S.REJECTED)
    def reject(self) -> None:
        """Another person found the sanction right, with reasons."""

    @transition(state, source=S.FILED, target=S.MOOT)
    def lapse(self) -> None:
        """The sanction ended for another reason before anybody answered."""
