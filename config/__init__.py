"""The composition root: settings, addresses, processes, checks. May know everybody; nobody imports it."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
