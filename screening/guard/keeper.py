"""Keeps the rules of one process in step with the database, from a thread of its own.

Checks read `keeper.held`, one immutable value, and never wait: a new one takes its place when ready.
"""

import gc
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Generic, Protocol, TypeVar

import psycopg

from screening.guard import store

POLL_SECONDS: Final = 1.0  # a notification that got lost is noticed after this
RETRY_SECONDS: Final = 0.5
MANY: Final = 1_000  # new ones at once that are worth keeping out of the collector's sight
log = logging.getLogger(__name__)


class Versioned(Protocol):
    """What is kept: rules, or works."""

    @property
    def version(self) -> int: ...
    def __len__(self) -> int: ...


V = TypeVar("V", bound=Versioned)


@dataclass(frozen=True)
class Source(Generic[V]):
    """Where it is read: the name told by notifications, its version now, and all of it or what changed."""

    name: str
    channel: str
    state: Callable[[store.Connection], store.State]
    load: Callable[[store.Connection, V | None], V]


@dataclass(frozen=True)
class Held(Generic[V]):
    """Rules, and when the database last said that they are the newest: its time and our ticks."""

    rules: V
    confirmed: datetime
    ticks: float

    def age(self) -> float:
        """Seconds since the database confirmed these rules."""
        return time.monotonic() - self.ticks

    def now(self) -> datetime:
        """The database's present time, carried on from its last word."""
        return self.confirmed + timedelta(seconds=self.age())


@contextmanager
def _uncollected() -> Iterator[None]:
    """No collection of cycles meanwhile: what is loaded has none, and looking for them takes half the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class Keeper(Generic[V]):
    """`connect` opens an autocommitting connection as `redress_app`."""

    def __init__(self, connect: Callable[[], store.Connection], source: Source[V]) -> None:
        self.held: Held[V] | None = None
        self._source = source
        self._connect = connect
        self._complained = False
        self._settled = threading.Event()
        self._ended = threading.Event()
        self._thread = threading.Thread(
            target=self._keep, name=f"{source.name}-keeper", daemon=True
        )

    def start(self, patience: float) -> bool:
        """Begin, and wait for the first attempt to load, at most `patience` seconds.

        Says whether there are rules now. If not, the keeper goes on trying.
        """
        self._thread.start()
        self._settled.wait(patience)
        return self.held is not None

    def stop(self) -> None:
        """End the thread."""
        self._ended.set()
        self._thread.join()

    def _keep(self) -> None:
        while not self._ended.is_set():
            try:
                with self._connect() as connection:
                    self._follow(connection)
            except (psycopg.Error, OSError) as error:
                self._complain(f"The {self._source.name} cannot be read: %s", type(error).__name__)
            except Exception:
                log.exception(
                    "The %s cannot be used; checks are refused once stale.", self._source.name
                )
            self._settled.set()
            self._ended.wait(RETRY_SECONDS)

    def _complain(self, sentence: str, *values: object) -> None:
        """Once for each outage, not twice a second."""
        if not self._complained:
            log.warning(sentence, *values)
        self._complained = True

    def _follow(self, connection: store.Connection) -> None:
        connection.execute(f"LISTEN {self._source.channel}".encode())
        while not self._ended.is_set():
            self._refresh(connection)
            for _ in connection.notifies(timeout=POLL_SECONDS, stop_after=1):
                pass

    def _refresh(self, connection: store.Connection) -> None:
        """Take up what changed until the database confirms what we hold.

        The age of what is held counts from before the question that confirmed it.
        """
        while True:
            ticks = time.monotonic()
            state = self._source.state(connection)
            rules = self.held.rules if self.held else None
            if rules is not None and rules.version == state.version:
                self._confirm(Held(rules, state.now, ticks))
                return
            before = len(rules) if rules is not None else 0
            with _uncollected():
                rules = self._source.load(connection, rules)
                self.held = Held(rules, state.now, ticks)
                if len(rules) - before >= MANY:
                    gc.freeze()  # else each full collection walks through all of it while a check waits
            log.info("Version %d: %d %s.", rules.version, len(rules), self._source.name)

    def _confirm(self, held: Held[V]) -> None:
        self.held = held
        if self._complained:
            log.info("The %s can be read again.", self._source.name)
        self._complained = False
        self._settled.set()
