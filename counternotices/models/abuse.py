"""An affected user whose statements are manifestly unfounded: warned first, then not heard for a time."""

import uuid

from django.db import models
from django_fsm import transition

from common.states import StateField
from notices.models import Case
from notices.states import SanctionLevel, SanctionState
from platforms.models import PlatformUser
from users.models import User


class RespondentSanction(models.Model):
    """One warning or suspension of somebody who contests, decided by a person on the occasion of a counter-notice.

    The mirror of notices' NotifierSanction (Regulation 2022/2065 art. 23(2)): `factors` are the words of the pack's
    policy, `until` is the end of a suspension (UTC), from which on they may contest again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    respondent = models.ForeignKey(PlatformUser, on_delete=models.PROTECT, related_name="+")
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
        ordering = ("-decided_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=SanctionState.values),
                name="respondent_sanction_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(level=SanctionLevel.WARN, until=None)
                | models.Q(level=SanctionLevel.SUSPEND, until__gt=models.F("decided_at")),
                name="only_a_respondents_suspension_ends",
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
