"""Work for the Celery worker, named and sent only when the transaction has been committed."""

from collections.abc import Callable
from functools import partial

from celery import current_app
from django.db import transaction


def enqueue(task: str, *arguments: object) -> None:
    """Send the task called `task` (for example `measures.execute`) after commit.

    Arguments are ids as text. A broker that is down loses nothing: every job has a sweep that finds
    the row again, so the failure is not allowed to undo what was committed.
    """
    transaction.on_commit(partial(_send, task, [str(a) for a in arguments]), robust=True)


def _send(task: str, arguments: list[str]) -> None:
    send: Callable[..., object] = current_app.send_task
    send(task, args=arguments, retry=False)
