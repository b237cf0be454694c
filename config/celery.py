"""The Celery application and its beat: sweeps only, because every duty is a row in the database."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("redress")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Two sweeps of the clocks at once: with thousands due they share them, with none they ask one query each.
app.conf.beat_schedule = {
    "deadlines": {"task": "deadlines.sweep", "schedule": 2.0},
    "deadlines, the second": {"task": "deadlines.sweep", "schedule": 2.0},
    "calendars": {"task": "deadlines.apply_years", "schedule": 60.0},
    # A round that could not begin before the next is due is not made up for: rows tell what is due.
    "measures": {"task": "measures.sweep", "schedule": 10.0, "options": {"expires": 10.0}},
    "tests": {"task": "measures.verify", "schedule": 10.0, "options": {"expires": 10.0}},
    "probes": {"task": "measures.probe", "schedule": 30.0, "options": {"expires": 30.0}},
    "issues": {"task": "measures.sweep_issues", "schedule": 30.0},
    "staydown": {"task": "measures.staydown", "schedule": 10.0},
    "matches": {"task": "measures.matches", "schedule": 10.0, "options": {"expires": 10.0}},
    "acted-on": {"task": "casework.stay_down", "schedule": 10.0},
    "messages": {"task": "notifications.sweep", "schedule": 10.0},
    "webhooks": {"task": "notifications.sweep_webhooks", "schedule": 1.0},
    "exports": {"task": "casework.sweep", "schedule": 60.0},
    "arrivals": {"task": "counternotices.sweep", "schedule": 10.0},
    "prompts": {"task": "screening.wipe", "schedule": 600.0},
    "papers": {"task": "notices.sweep", "schedule": 10.0},
}
