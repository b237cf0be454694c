"""`manage.py sweep_deadlines`: one sweep by hand, for instance when the worker is down."""

from dataclasses import asdict

from django.core.management.base import BaseCommand

from common import clock
from deadlines.services import sweep


class Command(BaseCommand):
    help = "Attend to every clock that has run out, once, and say what became of them."

    def handle(self, *args: object, **options: object) -> None:
        counts = asdict(sweep.run(clock.now()))
        self.stdout.write(" ".join(f"{name}={count}" for name, count in counts.items()))
