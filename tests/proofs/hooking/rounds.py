"""Write events, kill the worker, start it again, and see what arrived, how often and in which order."""

import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from common import clock
from common.actors import SETUP
from evidence import ledger
from evidence.chain import case_chain
from launch.services import WEBHOOKS
from notifications.models import WebhookDelivery
from notifications.services.endpoints import Wish, create
from notifications.states import DeliveryState
from tests.notifications.webhook_receiver import Received, Receiver, Reply
from tests.people import create_person
from tests.proofs.hooking.counting import Book, count

ROOT = Path(__file__).parent.parent.parent.parent
APPLICATION = "tests.proofs.hooking.worker"
EVENTS_A_KILL, EVENTS_A_CASE = 30, 10
STARTING_SECONDS, ALIVE_SECONDS, PATIENCE_SECONDS = 60.0, 1.5, 120.0
REFUSED, UNDONE = 0.1, 0.1


def run(size: int, seed: int) -> dict[str, Any]:
    """`size` events for two endpoints, a kill for every EVENTS_A_KILL of them; the counts and whether they are right."""
    chance, book = random.Random(seed), Book()
    with tempfile.TemporaryDirectory(prefix="redress-hooks-") as name, Receiver() as receiver:
        folder = Path(name)
        receiver.otherwise = lambda request: answer(request, book, chance)
        book.secrets = endpoints(receiver.url)
        with celery("beat", folder, "--schedule", str(folder / "schedule"), "--pidfile="):
            writer = threading.Thread(target=write, args=(size, chance.random()))
            writer.start()
            kills = kill_rounds(folder, max(1, size // EVENTS_A_KILL), receiver, chance)
            writer.join()
            seconds = recover(folder)
    return count(book, size, {"kills": kills, "recovery_seconds": round(seconds, 1)})


def endpoints(url: str) -> dict[str, str]:
    """Two endpoints that hear of everything: the secret of each by its path."""
    eno = create_person("eno@redress.example", "Eno", ["engineer"])
    paths = ("/one", "/two")
    return {
        path: create(Wish(url.replace("/hooks", path), path, ()), user=eno, now=clock.now())[1]
        for path in paths
    }


def write(size: int, seed: float) -> None:
    """Events of many cases, shuffled, some in a transaction that is undone."""
    chance = random.Random(seed)
    cases = [uuid4() for _number in range(max(1, size // EVENTS_A_CASE))]
    left = [case for case in cases for _number in range(EVENTS_A_CASE)][:size]
    chance.shuffle(left)
    for case in left:
        if chance.random() < UNDONE:
            _happen(case, undone=True)
        _happen(case, undone=False)
        time.sleep(chance.random() * 0.1)
    connection.close()


def _happen(case: UUID, *, undone: bool) -> None:
    with transaction.atomic():
        chain = case_chain(case)
        ledger.append(chain, "case.claimed", actor=SETUP, at=clock.now(), facts={})
        transaction.set_rollback(undone)


def answer(request: Received, book: Book, chance: random.Random) -> Reply:
    """One in ten is refused, one in fifty is slow; what is taken is booked before the answer leaves."""
    luck = chance.random()
    book.enter(request, taken=luck >= REFUSED)
    return Reply(503) if luck < REFUSED else Reply(204, after=0.5 if luck > 0.98 else 0.0)


def kill_rounds(folder: Path, kills: int, receiver: Receiver, chance: random.Random) -> int:
    """`kill -9` of the worker with all its threads, at a moment of its life that nobody chose."""
    for number in range(kills):
        seen = len(receiver.requests)
        with celery("worker", folder, *WEBHOOKS):
            end = time.monotonic() + STARTING_SECONDS
            while len(receiver.requests) == seen and time.monotonic() < end and _waiting():
                time.sleep(0.01)
            time.sleep(chance.random() * ALIVE_SECONDS)
        if number % 10 == 9:
            print(f"kill {number + 1} of {kills}", flush=True)
    return kills


def recover(folder: Path) -> float:
    """Start the worker for good; the seconds until nothing waits, or PATIENCE_SECONDS."""
    began = time.monotonic()
    with celery("worker", folder, *WEBHOOKS):
        while (passed := time.monotonic() - began) < PATIENCE_SECONDS and _waiting():
            time.sleep(0.1)
    return passed


def _waiting() -> bool:
    return WebhookDelivery.objects.filter(state=DeliveryState.WAITING).exists()


@contextmanager
def celery(part: str, folder: Path, *options: str) -> Iterator[None]:
    """The real worker or beat; killed at the end, with everything it started."""
    command = [sys.executable, "-m", "celery", "-A", APPLICATION, part, "--loglevel=WARNING"]
    with (folder / f"{part}.log").open("ab") as log:
        process = subprocess.Popen(
            [*command, *options],
            cwd=ROOT,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
