"""Tasks of the composition root."""

import httpx
from celery import shared_task

from common.clock import now
from config.demo_cases import create_cases
from config.demo_texts import create_texts
from config.demo_webhooks import tell_sandbox
from platforms.contract import PlatformError


@shared_task(
    name="config.demo",
    autoretry_for=(httpx.TransportError, PlatformError),
    retry_kwargs={"max_retries": 20, "countdown": 3},
)
def demo() -> None:
    """Make the endpoint, the cases and the texts of the demo as soon as the sandbox answers."""
    tell_sandbox(now())
    create_cases(now())
    create_texts(now())
