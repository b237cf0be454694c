"""What tests found of a measure: written once, never changed or deleted."""

import uuid

from django.db import models

from measures.checks import Result, What
from measures.models.measure import Measure


class MeasureCheck(models.Model):
    """One test of one measure and what it found, at `at` (UTC), the beginning of its round.

    `lifted`: the test was to show that what the measure took is back. `facts` hold states, status codes,
    hashes and ids, never personal text. The database refuses every change.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="checks")
    what = models.CharField(max_length=16, choices=What.choices)
    at = models.DateTimeField()
    lifted = models.BooleanField()
    outcome = models.CharField(max_length=12, choices=Result.choices)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ("at", "what")
        constraints = [
            models.UniqueConstraint(fields=["measure", "at", "what"], name="one_test_per_round"),
            models.CheckConstraint(
                condition=models.Q(what__in=What.values), name="check_what_known"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome__in=Result.values), name="check_outcome_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} of measure {self.measure_id}: {self.outcome}"
