"""Endpoints that want to hear of events, what is owed to each, and every try to deliver it."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django_fsm import transition

from common.states import StateField
from evidence.models import LedgerEntry
from notifications.states import DeliveryState, EndpointState
from users.models import User

_WAITING = Q(state=str(DeliveryState.WAITING))


class WebhookEndpoint(models.Model):
    """An address of a machine, and the ledger's events it wants; `events` empty stands for all.

    `disabled_because` is a code of states.Disabled; "" while enabled. What happens while an endpoint is
    disabled waits for it: nothing is lost. For a removed one nothing is kept. `handed_over_at`: a worker was
    told to come and has not come yet.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    url = models.CharField(max_length=2000)
    name = models.CharField(max_length=100)
    events = ArrayField(models.CharField(max_length=80), default=list)
    state = StateField(default=str(EndpointState.ENABLED), max_length=16)
    disabled_because = models.CharField(max_length=16, blank=True, default="")
    disabled_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=str(EndpointState.ENABLED), disabled_because="", disabled_at=None)
                | (
                    Q(
                        state__in=[str(EndpointState.DISABLED), str(EndpointState.REMOVED)],
                        disabled_at__isnull=False,
                    )
                    & ~Q(disabled_because="")
                ),
                name="webhook_endpoint_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.state}"

    @transition(state, source=EndpointState.ENABLED, target=EndpointState.DISABLED)
    def disable(self) -> None:
        """Nothing is sent any more: a person said so, or the endpoint answered 410."""

    @transition(state, source=EndpointState.DISABLED, target=EndpointState.ENABLED)
    def enable(self) -> None:
        """A person let it hear again; what happened meanwhile is sent."""

    @transition(
        state, source=[EndpointState.ENABLED, EndpointState.DISABLED], target=EndpointState.REMOVED
    )
    def remove(self) -> None:
        """A person took it away for good; what still waited is given up."""


class WebhookSecret(models.Model):
    """A key of an endpoint, encrypted. All that have not ended sign, so that a receiver can change over."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.PROTECT, related_name="+")
    sealed = models.TextField()
    created_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint"], condition=Q(ends_at=None), name="webhook_one_lasting_secret"
            ),
        ]

    def __str__(self) -> str:
        return f"secret of {self.endpoint_id}"


class WebhookDelivery(models.Model):
    """One event for one endpoint. Born by a trigger in the transaction that wrote the ledger's entry.

    `chain_kind`, `chain_id` and `sequence` are the entry's place: within a chain an event waits for the one
    before. `body` is the very bytes, made once at the first try. `resent`: a person asked for it again;
    it neither waits for others nor holds them up. `failures` counts since then, `attempts` for ever.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="+")
    event = models.CharField(max_length=80)
    chain_kind = models.CharField(max_length=20)
    chain_id = models.UUIDField()
    sequence = models.BigIntegerField()
    body = models.BinaryField(null=True)
    state = StateField(default=str(DeliveryState.WAITING), max_length=16)
    queued_at = models.DateTimeField()
    next_try = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    resent = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True)
    last_status = models.PositiveSmallIntegerField(null=True)
    last_milliseconds = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "entry"], name="webhook_delivery_once"),
            models.CheckConstraint(
                condition=(_WAITING & Q(next_try__isnull=False, settled_at=None))
                | (
                    Q(state__in=[str(DeliveryState.DELIVERED), str(DeliveryState.FAILED)])
                    & Q(next_try=None, claimed_until=None, settled_at__isnull=False)
                ),
                name="webhook_delivery_state",
            ),
        ]
        indexes = [
            models.Index(
                fields=["endpoint", "next_try"], condition=_WAITING, name="webhook_delivery_due"
            ),
            models.Index(
                fields=["endpoint", "chain_id", "sequence"],
                condition=_WAITING,
                name="webhook_delivery_line",
            ),
            models.Index(fields=["-queued_at", "id"], name="webhook_delivery_log"),
            models.Index(
                fields=["endpoint", "-queued_at", "id"], name="webhook_delivery_endpoint_log"
            ),
            models.Index(
                fields=["endpoint"],
                condition=Q(state=str(DeliveryState.FAILED)),
                name="webhook_delivery_failed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} to {self.endpoint_id}, {self.state}"

    @property
    def webhook_id(self) -> str:
        """What the receiver knows the event by: the same at every try, and the ledger's own."""
        return f"evt_{self.entry_id.hex}"

    @transition(state, source=DeliveryState.WAITING, target=DeliveryState.DELIVERED)
    def deliver(self) -> None:
        """The endpoint answered with 2xx."""

    @transition(state, source=DeliveryState.WAITING, target=DeliveryState.FAILED)
    def fail(self) -> None:
        """The last try of the schedule failed, or the endpoint was removed; a person may send it again."""

    @transition(
        state, source=[DeliveryState.DELIVERED, DeliveryState.FAILED], target=DeliveryState.WAITING
    )
    def resend(self) -> None:
        """A person asked for it once more."""


class WebhookAttempt(models.Model):
    """One try and what came of it; append-only. A try whose worker was killed leaves no row.

    `status` is null when no answer came; `error` then says why, for staff. `answer` is the beginning of the
    answer's body as text.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    delivery = models.ForeignKey(WebhookDelivery, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    url = models.CharField(max_length=2000)
    headers = models.JSONField()
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.TextField(blank=True)
    error = models.CharField(max_length=500, blank=True)
    milliseconds = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery", "number"], name="webhook_attempt_number"),
        ]

    def __str__(self) -> str:
        return f"try {self.number} of {self.delivery_id}"
