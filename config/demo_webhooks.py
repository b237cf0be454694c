"""The demo's webhook endpoint: the sandbox, which verifies what comes and shows it."""

from datetime import datetime

import httpx
from django.conf import settings
from django.db import transaction

from config.demo import DOMAIN
from notifications.models import WebhookEndpoint
from notifications.services.endpoints import Wish, create
from users.models import User


@transaction.atomic
def tell_sandbox(now: datetime) -> bool:
    """Make the endpoint, unless it was made before, and give the sandbox its secret; whether it was made.

    Raises httpx.TransportError while the sandbox does not answer; then nothing is kept.
    """
    url = f"{settings.PLATFORM_URL}/webhooks"
    if WebhookEndpoint.objects.filter(url=url).exists():
        return False
    eno = User.objects.get(email=f"eno@{DOMAIN}")
    _endpoint, secret = create(Wish(url, "Acme AI (sandbox)"), user=eno, now=now)
    answer = httpx.put(
        f"{settings.PLATFORM_URL}/sandbox/webhook-secrets",
        headers={"Authorization": f"Bearer {settings.PLATFORM_KEY}"},
        json={"secret": secret},
        timeout=10,
    )
    answer.raise_for_status()
    return True
