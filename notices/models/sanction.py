"""A filer who files wrong notices: warned first, then barred from filing for a time."""

import uuid

from django.db import models
from django_fsm import transition

from common.states import StateField
from notices.models.case import Case
from notices.states import SanctionLevel, SanctionState
from users.models import User


class NotifierSanction(models.Model):
    """One warning or suspension of a filer, decided by a person on the occasion of a case.

    The filer is who filed that case's notice: the account if there was one, and the address.
    `factors` are the words of the pack's policy that the decision rests on, in both languages;
    `until` is the end of a suspension (UTC), from which on the filer may file again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField(blank=True)
    level = models.CharField(max_length=10, choices=SanctionLevel.choices)
    state = StateField(default=SanctionState.IN_FORCE, choices=SanctionState.choices)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    pack_id = models.CharField(max_length=50)
    pack_version = models.CharField(max_length=20)
    factors = models.JSONField()
    reasons = models.JSONField()  # {"en": "...", "zh-Hans": "..."}
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    lifted_reasons = models.JSONField(default=dict)

    class Meta:
        ordering = ("decided_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=SanctionState.values), name="sanction_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(level=SanctionLevel.WARN, until=None)
                | models.Q(level=SanctionLevel.SUSPEND, until__gt=models.F("decided_at")),
                name="only_a_suspension_has_an_end",
            ),
            models.CheckConstraint(
                condition=models.Q(account__isnull=False) | ~models.Q(email=""),
                name="sanction_names_its_filer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.id}"

    @property
    def stands(self) -> bool:
        """Whether it counts: its time is not over, and nobody took it back."""
        return self.state == SanctionState.IN_FORCE

    @transition(field=state, source=SanctionState.IN_FORCE, target=SanctionState.ENDED)
    def end(self) -> None:
        """The time of the suspension is over."""

    @transition(field=state, source=SanctionState.IN_FORCE, target=SanctionState.LIFTED)
    def lift(self) -> None:
        """A person took it back."""
