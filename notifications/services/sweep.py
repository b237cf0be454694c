"""Finding messages whose task was lost, or whose time has come, and handing them over again."""

from datetime import datetime

from django.db import transaction

from common.jobs import enqueue
from notifications.models import Message
from notifications.selectors import forgotten

BATCH = 200


def run(now: datetime) -> int:
    """Hand every forgotten message to the worker; how many. With nothing to do it asks one query.

    The rows are the truth and the broker is not: after a broker that lost everything, or a worker that was
    killed, this is what brings the messages out. A message handed over twice is sent once (see `deliver`).
    """
    handed = 0
    while batch := list(forgotten(now).values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            handed += Message.objects.filter(pk__in=batch).update(handed_over_at=now)
            for message_id in batch:
                enqueue("notifications.deliver", message_id)
    return handed
