"""Sending as Celery tasks. Both may run twice, and both may be lost."""

from uuid import UUID

from celery import shared_task

from common import clock
from notifications.services import delivering, sweep


@shared_task(name="notifications.deliver")
def deliver(message_id: str) -> bool:
    """Send one message, unless it was sent or somebody is sending it."""
    return delivering.deliver(UUID(message_id), clock.now)


@shared_task(name="notifications.sweep")
def sweep_messages() -> int:
    """Hand over again what was forgotten."""
    return sweep.run(clock.now())
