"""What a court awarded: sums and what it dismissed, as the paper says."""

import uuid

from django.db import models
from django.db.models import Q

from counternotices.models.proceedings import ProceedingsEnd
from evidence.models import SealedFile
from notices.models import Case
from users.models import User


class Award(models.Model):
    """The money of one judgment or settlement about a case; written once, the database refuses every change.

    With `end` it came with the end of proceedings that held a counter-notice; without, of a suit that held
    none, such as one against the service itself. A judgment on appeal is a row of its own. Sums are in
    `currency` (ISO 4217), exact to two decimals; one that the paper does not name is None, which is not 0.
    `dismissed` tells the claims that were dismissed. `effective_at`: from when the paper counts (UTC).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    end = models.OneToOneField(
        ProceedingsEnd, null=True, on_delete=models.PROTECT, related_name="+"
    )
    body = models.CharField(max_length=200)
    number = models.CharField(max_length=100, blank=True)
    claimed = models.DecimalField(max_digits=17, decimal_places=2, null=True)
    awarded = models.DecimalField(max_digits=17, decimal_places=2, null=True)
    costs = models.DecimalField(max_digits=17, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    dismissed = models.TextField(blank=True)
    file = models.ForeignKey(SealedFile, on_delete=models.PROTECT, related_name="+")
    effective_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("recorded_at", "id")
        constraints = [
            *(
                models.CheckConstraint(
                    condition=Q(**{name: None}) | Q(**{f"{name}__gte": 0}),
                    name=f"award_{name}_not_negative",
                )
                for name in ("claimed", "awarded", "costs")
            ),
            models.CheckConstraint(
                condition=Q(claimed=None, awarded=None, costs=None, currency="")
                | (~Q(claimed=None, awarded=None, costs=None) & Q(currency__regex="^[A-Z]{3}$")),
                name="award_sums_with_their_currency",
            ),
            models.CheckConstraint(
                condition=~Q(claimed=None, awarded=None, costs=None, dismissed=""),
                name="award_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"award {self.id}"
