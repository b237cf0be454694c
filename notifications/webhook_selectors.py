"""Questions about endpoints and deliveries."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from notifications.models import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from notifications.states import DeliveryState, EndpointState
from notifications.webhook_rules import BATCH

_FREE = Q(claimed_until=None)


def endpoints() -> QuerySet[WebhookEndpoint]:
    """Every endpoint that was not removed, the newest first, with how many events wait for it and how many
    failed, as `waiting` and `failed`."""
    kept = WebhookEndpoint.objects.exclude(state=EndpointState.REMOVED)
    return kept.select_related("created_by").order_by("-created_at", "id")


def numbers(endpoint_ids: list[UUID]) -> dict[UUID, dict[str, int]]:
    """How many deliveries of each endpoint wait and how many failed. One query."""
    rows = (
        WebhookDelivery.objects.filter(endpoint_id__in=endpoint_ids)
        .exclude(state=DeliveryState.DELIVERED)
        .values_list("endpoint_id", "state")
        .annotate(n=Count("id"))
        .order_by()
    )
    found: dict[UUID, dict[str, int]] = {one: {} for one in endpoint_ids}
    for endpoint_id, state, number in rows:
        found[endpoint_id][state] = number
    return found


def deliveries(endpoint_id: UUID | None = None, state: str = "") -> QuerySet[WebhookDelivery]:
    """The log, the newest first; of one endpoint, and in one state, if they are named."""
    rows = WebhookDelivery.objects.select_related("endpoint").order_by("-queued_at", "id")
    if endpoint_id:
        rows = rows.filter(endpoint_id=endpoint_id)
    return rows.filter(state=state) if state in set(DeliveryState) else rows


def attempts(delivery: WebhookDelivery) -> QuerySet[WebhookAttempt]:
    """Every try of a delivery, the latest first."""
    return WebhookAttempt.objects.filter(delivery=delivery).order_by("-number")


def troubled() -> QuerySet[WebhookEndpoint]:
    """Endpoints somebody should look at: disabled by their own answer, or with events given up."""
    failed = WebhookDelivery.objects.filter(endpoint=OuterRef("pk"), state=DeliveryState.FAILED)
    kept = WebhookEndpoint.objects.exclude(state=EndpointState.REMOVED)
    return kept.filter(Q(disabled_because="gone") | Exists(failed))


def due(now: datetime) -> QuerySet[WebhookDelivery]:
    """What may be sent at `now`: its moment has come, nobody is sending it, and nothing earlier of its chain
    waits for the same endpoint. What a person sent again stands outside the order."""
    earlier = WebhookDelivery.objects.filter(
        endpoint=OuterRef("endpoint"),
        chain_id=OuterRef("chain_id"),
        sequence__lt=OuterRef("sequence"),
        state=DeliveryState.WAITING,
        resent=False,
    )
    return WebhookDelivery.objects.filter(
        _FREE | Q(claimed_until__lte=now), state=DeliveryState.WAITING, next_try__lte=now
    ).filter(Q(resent=True) | ~Exists(earlier))


def candidates(endpoint_id: UUID, now: datetime) -> list[WebhookDelivery]:
    """Up to webhook_rules.BATCH deliveries that may go to this endpoint, with their entries, those that waited longest
    first; none where the endpoint hears nothing.

    Looks at all that waits, so it is asked once for many; each is judged again when it is claimed.
    """
    hears = due(now).filter(endpoint_id=endpoint_id, endpoint__state=EndpointState.ENABLED)
    rows = hears.select_related("entry").order_by("next_try", "sequence", "id")
    return list(rows[:BATCH])


def endpoints_with_work(now: datetime) -> QuerySet[WebhookEndpoint]:
    """The enabled endpoints that something is due for."""
    work = WebhookDelivery.objects.filter(
        _FREE | Q(claimed_until__lte=now),
        endpoint=OuterRef("pk"),
        state=DeliveryState.WAITING,
        next_try__lte=now,
    )
    return WebhookEndpoint.objects.filter(Exists(work), state=EndpointState.ENABLED)
