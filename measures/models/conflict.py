"""Two laws that want opposite things of the same measures, put before a person."""

import uuid

from django.db import models

from measures.models.measure import Measure
from measures.states import ConflictDecision
from notices.models import Case, CaseRegime
from users.models import User


class RegimeConflict(models.Model):
    """One regime of a case gave measures up while another regime of the same case still carries them.

    Opened by whatever ends grounds, never silently; a person decides with reasons. `closed_at`
    without a decision: the holding regime let go by itself before anybody had to decide. The words
    of both laws are those of the packs, in the versions that the two regimes of the case name.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    releases = models.ForeignKey(CaseRegime, on_delete=models.PROTECT, related_name="+")
    holds = models.ForeignKey(CaseRegime, on_delete=models.PROTECT, related_name="+")
    measures = models.ManyToManyField(Measure, related_name="+")
    opened_at = models.DateTimeField()
    # From when the releasing law gave the measures up: its own moment, not the worker's waking.
    effective_at = models.DateTimeField()
    decision = models.CharField(max_length=15, choices=ConflictDecision.choices, blank=True)
    reasons = models.JSONField(default=dict)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("opened_at", "id")
        indexes = [models.Index(fields=["case"], name="conflict_by_case")]
        constraints = [
            models.UniqueConstraint(
                fields=["releases", "holds"],
                condition=models.Q(closed_at=None),
                name="one_open_conflict",
            ),
            models.CheckConstraint(
                condition=~models.Q(releases=models.F("holds")), name="conflict_of_two_regimes"
            ),
            models.CheckConstraint(
                condition=models.Q(decision="", decided_by=None, decided_at=None)
                | (
                    models.Q(decision__in=ConflictDecision.values)
                    & models.Q(decided_by__isnull=False)
                    & models.Q(decided_at__isnull=False)
                    & models.Q(closed_at__isnull=False)
                ),
                name="conflict_decided_by_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"conflict {self.id}"
