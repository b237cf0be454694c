"""The Celery worker, cranked by hand: what was sent after commit is done when the test says so."""

from functools import cache

from celery import current_app

LONGEST = 500


class Work:
    """The jobs that were sent, in order. It stands in the one seam `common.jobs._send`."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, list[str]]] = []
        _know_jobs()

    def take(self, task: str, arguments: list[str]) -> None:
        """As the broker takes it."""
        self.sent.append((task, arguments))

    def drain(self) -> int:
        """Do everything, and what comes of it, until nothing is left; how many jobs that were."""
        for done in range(LONGEST):
            if not self.sent:
                return done
            task, arguments = self.sent.pop(0)
            current_app.tasks[task](*arguments)
        raise AssertionError(f"the work has no end: {self.sent[:5]}")


@cache
def _know_jobs() -> None:
    """As a worker does when it starts; once is enough for a process."""
    current_app.loader.import_default_modules()
