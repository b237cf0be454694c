"""Lists of rules from other providers, and what each of them proposes."""

import uuid
from typing import ClassVar

from django.db import models
from django_fsm import transition

from common.states import StateField
from screening.list_states import ProposalState as S


class RuleList(models.Model):
    """A signed list of another provider that was taken in. `version` is the provider's own and only grows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.CharField(max_length=200)
    key = models.CharField(max_length=44)
    version = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    rules = models.PositiveIntegerField()
    imported_by = models.CharField(max_length=200)
    imported_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-imported_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "version"], name="rule_list_once")
        ]

    def __str__(self) -> str:
        return f"list {self.version} of {self.provider}"


class RuleProposal(models.Model):
    """One rule of a provider's list. `content` is as it was signed; `measure_id` is what came of its approval.

    `gone_at`: since when the provider no longer lists it. Decided once, by a person.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(RuleList, on_delete=models.PROTECT, related_name="+")
    foreign_id = models.UUIDField(db_index=True)
    content = models.JSONField()
    state = StateField(default=S.WAITING, choices=S.choices)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    measure_id = models.UUIDField(null=True)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["source", "id"]
        indexes: ClassVar = [models.Index(fields=["state"], name="proposal_by_state")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=S.values), name="proposal_state_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[S.APPROVED, S.REFUSED])
                | (models.Q(decided_at__isnull=False) & ~models.Q(decided_by="")),
                name="proposal_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"proposal {self.id}"

    @property
    def waits(self) -> bool:
        """Whether a person is to decide."""
        return self.state == S.WAITING

    @transition(field=state, source=S.WAITING, target=S.APPROVED)
    def approve(self) -> None:
        """A person ordered it for a case of our own."""

    @transition(field=state, source=S.WAITING, target=S.REFUSED)
    def refuse(self) -> None:
        """A person did not take it, and said why."""

    @transition(field=state, source=S.WAITING, target=S.WITHDRAWN)
    def withdraw(self) -> None:
        """A newer list of the provider no longer holds it, or holds it changed."""
