"""The real Celery application; its processes halt at the point of the round. `celery -A` this module.

Of production's beat only the sweep of measures is kept, and it comes every second: the cases here have no receipts
or letters to write, and a thousand rounds need not wait.
"""

from importlib import import_module
from typing import Any

from celery.signals import worker_process_init

from config.celery import app

__all__ = ["app"]

app.conf.beat_schedule = {"measures": {**app.conf.beat_schedule["measures"], "schedule": 1.0}}


@worker_process_init.connect(weak=False)
def halt_at_the_point(**_: Any) -> None:
    """Django is set up by now, so its models can be loaded."""
    import_module("tests.proofs.killing.points").arm()
