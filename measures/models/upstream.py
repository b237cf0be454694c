"""A measure that was passed on to the third party whose model made the thing through an API."""

import uuid

from django.db import models
from django_fsm import transition

from common.states import StateField
from evidence.models import SealedFile
from measures.models.measure import Measure
from measures.states import UpstreamState as S
from notices.models import Case, CaseRegime
from notifications.models import Message
from users.models import User


class UpstreamRequest(models.Model):
    """One measure, passed on to one upstream provider for one case.

    `letter` is what was written to it; `acknowledged_at` when it acknowledged, by the paper `proof`, and
    `ended_at` when the measure ended here and the provider was told so. All UTC.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="upstream")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    case_regime = models.ForeignKey(CaseRegime, on_delete=models.PROTECT, related_name="+")
    provider = models.CharField(max_length=200)
    address = models.CharField(max_length=320, blank=True)
    language = models.CharField(max_length=16)
    letter = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+")
    state = StateField(default=str(S.PASSED_ON), choices=S.choices, max_length=16)
    passed_on_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    passed_on_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    how_known = models.TextField(blank=True)
    proof = models.ForeignKey(SealedFile, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("passed_on_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "provider"],
                condition=~models.Q(state=str(S.ENDED)),
                name="passed_on_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=S.values), name="upstream_state_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=str(S.ACKNOWLEDGED))
                | models.Q(
                    acknowledged_at__isnull=False,
                    proof__isnull=False,
                    recorded_by__isnull=False,
                    recorded_at__isnull=False,
                ),
                name="upstream_acknowledged_by_a_paper",
            ),
            models.CheckConstraint(
                condition=models.Q(state=str(S.ENDED), ended_at__isnull=False)
                | (~models.Q(state=str(S.ENDED)) & models.Q(ended_at=None)),
                name="upstream_ended_at",
            ),
        ]

    def __str__(self) -> str:
        return f"measure {self.measure_id} to {self.provider}"

    @transition(state, source=S.PASSED_ON, target=S.ACKNOWLEDGED)
    def acknowledge(self) -> None:
        """The provider acknowledged it, and a paper shows that."""

    @transition(state, source=[S.PASSED_ON, S.ACKNOWLEDGED], target=S.ENDED)
    def end(self) -> None:
        """The measure ended here; the provider is told to end its own."""
