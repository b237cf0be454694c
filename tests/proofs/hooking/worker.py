"""The real Celery application in a hurry: three days of tries in seconds. `celery -A` this module.

Of production's beat only the sweep of webhooks is kept; it runs in the same worker, which is all there is here.
"""

from datetime import timedelta

from config.celery import app
from notifications import webhook_rules

__all__ = ["app"]

app.conf.beat_schedule = {"webhooks": app.conf.beat_schedule["webhooks"]}
app.conf.task_routes = {"notifications.*": {"queue": "webhooks"}}
webhook_rules.SCHEDULE = (timedelta(0),) + (timedelta(seconds=0.3),) * 40  # type: ignore[misc]
webhook_rules.ATTEMPT_SECONDS = 3.0  # type: ignore[misc]
