"""The real Celery application with the kinds of this proof. `celery -A` this module.

Of production's beat only the sweep of clocks is kept, and it comes every second.
"""

from importlib import import_module
from typing import Any

from celery.signals import worker_process_init

from config.celery import app

__all__ = ["app"]

app.conf.beat_schedule = {"deadlines": {**app.conf.beat_schedule["deadlines"], "schedule": 1.0}}


@worker_process_init.connect(weak=False)
def know_the_kinds(**_: Any) -> None:
    """Django is set up by now, so its models can be loaded."""
    import_module("tests.proofs.sweeping.kinds").join()
