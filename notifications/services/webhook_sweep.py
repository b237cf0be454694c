"""Finding the endpoints that something is due for, and asking a worker for each."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from common.jobs import enqueue
from notifications.models import WebhookEndpoint
from notifications.webhook_selectors import endpoints_with_work

LOST_AFTER: Final = timedelta(seconds=30)
"""A worker that was asked for this long ago and has not come is asked for again."""


@transaction.atomic
def run(now: datetime) -> int:
    """Ask for a worker for each endpoint with work; how many. With nothing to do it asks one query.

    The rows are the truth and the broker is not: after a lost broker or a killed worker this brings the events out.
    """
    free = Q(handed_over_at=None) | Q(handed_over_at__lte=now - LOST_AFTER)
    ids = list(endpoints_with_work(now).filter(free).values_list("pk", flat=True))
    for endpoint_id in ids:
        enqueue("notifications.deliver_webhooks", endpoint_id)
    if ids:
        WebhookEndpoint.objects.filter(pk__in=ids).update(handed_over_at=now)
    return len(ids)
