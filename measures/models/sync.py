"""What an issue tracker outside is still to be told of a ticket: an outbox, in order."""

import uuid

from django.db import models
from django.db.models import Q

from measures.models.ticket import Ticket


class SyncAct(models.TextChoices):
    """What is to be done to the issue outside."""

    CREATE = "create"
    COMMENT = "comment"
    CLOSE = "close"
    REOPEN = "reopen"


class TicketSync(models.Model):
    """One thing to tell, sent when `sent_at` is set. Of a ticket they go one after the other.

    `id` goes with it as a mark, so that an attempt of which nobody knows the outcome is not made twice.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="syncs")
    position = models.PositiveIntegerField()
    act = models.CharField(max_length=8, choices=SyncAct.choices)
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    outcome = models.CharField(max_length=20, blank=True)  # completed or not_planned, of a close
    queued_at = models.DateTimeField()
    sending_since = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    try_after = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("ticket", "position")
        indexes = [
            models.Index(fields=["try_after"], condition=Q(sent_at=None), name="sync_waiting")
        ]
        constraints = [
            models.UniqueConstraint(fields=["ticket", "position"], name="sync_in_order"),
            models.CheckConstraint(condition=Q(act__in=SyncAct.values), name="sync_act_known"),
        ]

    def __str__(self) -> str:
        return f"{self.act} of ticket {self.ticket_id}"
