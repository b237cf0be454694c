"""Messages, frozen as they were written, and what became of them."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django_fsm import transition

from common.states import StateField
from evidence.models import SealedFile
from notifications.states import State

_WAITING = Q(state=str(State.QUEUED)) & ~Q(address="")


class Message(models.Model):
    """A letter to one recipient, in their language, exactly as it leaves the house.

    `delivered_at` is the moment it entered the system the recipient named (PRC Electronic Signature
    Law art. 11), which is what the law's periods run from; `sent_at` starts nothing. An empty
    `address` means that no e-mail address is known: staff carry the letter another way and record
    its arrival.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case_id = models.UUIDField()
    template = models.CharField(max_length=64)
    template_version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=16)
    party = models.CharField(max_length=32)
    name = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=500)
    text = models.TextField()
    html = models.TextField()

    state = StateField(default=str(State.QUEUED), max_length=16)
    queued_at = models.DateTimeField()
    not_before = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    delivery_proof = models.TextField(blank=True)
    arrival_paper = models.ForeignKey(
        SealedFile, null=True, on_delete=models.PROTECT, related_name="+"
    )

    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)
    try_after = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[str(state) for state in State]), name="notifications_state"
            ),
            models.CheckConstraint(
                condition=Q(state=str(State.DELIVERED), delivered_at__isnull=False)
                | (~Q(state=str(State.DELIVERED)) & Q(delivered_at__isnull=True)),
                name="notifications_delivered_at",
            ),
        ]
        indexes = [
            models.Index(fields=["queued_at"], condition=_WAITING, name="notifications_waiting"),
            models.Index(fields=["case_id", "queued_at"], name="notifications_case"),
            models.Index(
                fields=["queued_at"],
                condition=Q(state=str(State.FAILED)),
                name="notifications_failed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} to {self.party}, {self.state}"

    @transition(state, source=State.QUEUED, target=State.SENT)
    def send(self, at: datetime) -> None:
        """It left the house."""
        self.sent_at = at

    @transition(state, source=[State.QUEUED, State.SENT, State.FAILED], target=State.DELIVERED)
    def deliver(self, at: datetime) -> None:
        """It reached its recipient, by mail or, from any other state, as staff recorded."""
        self.delivered_at = at

    @transition(state, source=[State.QUEUED, State.SENT], target=State.FAILED)
    def fail(self, at: datetime) -> None:
        """It cannot be delivered this way."""

    @transition(state, source=State.FAILED, target=State.QUEUED)
    def requeue(self, at: datetime) -> None:
        """Staff put the trouble right and try once more."""
        self.attempts = 0
        self.try_after = None
        self.handed_over_at = None


class Attachment(models.Model):
    """A sealed file that goes with a message, in order."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(SealedFile, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["message", "position"], name="notifications_attachment_position"
            )
        ]

    def __str__(self) -> str:
        return f"{self.position} of {self.message_id}"
