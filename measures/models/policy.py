"""The versions of the ladder: proposed by one person, switched on by another."""

import uuid

from django.db import models
from django_fsm import transition

from common.states import StateField
from measures.states import PolicyState as S
from users.models import User

_decided = models.Q(decided_by__isnull=False, decided_at__isnull=False)


class LadderPolicy(models.Model):
    """One version of the ladder's figures (`measures.ladder_policy.as_data`), and who stands behind it.

    `simulated` is what it would have proposed, counted when it was proposed. In force from `decided_at` until
    `ended_at` (UTC). Administrator and legal switch a version on together: one proposes it, the other agrees.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(unique=True)
    figures = models.JSONField()
    simulated = models.JSONField()
    reasons = models.TextField()
    state = StateField(default=str(S.PROPOSED), choices=S.choices, max_length=10)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-version",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=S.values), name="ladder_policy_state_known"
            ),
            models.UniqueConstraint(
                fields=["state"],
                condition=models.Q(state__in=[str(S.PROPOSED), str(S.IN_FORCE)]),
                name="one_ladder_policy_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state=str(S.PROPOSED)) | _decided,
                name="ladder_policy_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[str(S.IN_FORCE), str(S.ENDED)])
                | ~models.Q(decided_by=models.F("proposed_by")),
                name="nobody_switches_on_their_own",
            ),
        ]

    def __str__(self) -> str:
        return f"ladder {self.version}"

    @transition(state, source=S.PROPOSED, target=S.IN_FORCE)
    def switch_on(self) -> None:
        """The second of the two agreed: from now on steps are proposed by it."""

    @transition(state, source=S.PROPOSED, target=S.REFUSED)
    def refuse(self) -> None:
        """It was not agreed to, or taken back."""

    @transition(state, source=S.IN_FORCE, target=S.ENDED)
    def end(self) -> None:
        """Another version took its place."""
