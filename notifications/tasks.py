"""Sending as Celery tasks. All may run twice, and all may be lost."""

from uuid import UUID

from celery import shared_task

from common import clock
from notifications.services import delivering, sweep, webhook_sweep, webhooks


@shared_task(name="notifications.deliver")
def deliver(message_id: str) -> bool:
    """Send one message, unless it was sent or somebody is sending it."""
    return delivering.deliver(UUID(message_id), clock.now)


@shared_task(name="notifications.sweep")
def sweep_messages() -> int:
    """Hand over again what was forgotten."""
    return sweep.run(clock.now())


@shared_task(name="notifications.deliver_webhooks")
def deliver_webhooks(endpoint_id: str) -> int:
    """Send what is due at one endpoint."""
    return webhooks.work(UUID(endpoint_id), clock.now)


@shared_task(name="notifications.sweep_webhooks")
def sweep_webhooks() -> int:
    """Ask for a worker for every endpoint that something is due for."""
    return webhook_sweep.run(clock.now())
