"""Puts checks on record behind their answers, from a thread of its own, in batches.

A check never waits for it, and what it cannot keep opens nothing: decisions are made from memory. What does
not fit while the database is away is counted, told by `/healthz`, and written down as a number once it is back.
"""

import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Final
from uuid import uuid4

import psycopg

from screening.guard.entries import Entry
from screening.guard.store import Connection

MOST_WAITING: Final = 20_000  # checks
MOST_LETTERS: Final = 20_000_000  # of their texts: some 80 MB at worst
BATCH: Final = 500
GATHER_SECONDS: Final = 0.2
RETRY_SECONDS: Final = 1.0
LAST_WORDS_SECONDS: Final = 3.0
log = logging.getLogger(__name__)

_INSERT: Final = b"""
    INSERT INTO screening_promptcheck (id, at, user_external_id, surface, rule_id, mode, outcome, matches,
        prompt, sampled, confirms, text_until, keep_until)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""
_LOST: Final = (
    b"INSERT INTO screening_lostchecks (id, at, worker, number) VALUES (%s, redress_now(), %s, %s)"
)


class Recorder:
    """`connect` opens an autocommitting connection that may write."""

    def __init__(
        self,
        connect: Callable[[], Connection],
        most_waiting: int = MOST_WAITING,
        most_letters: int = MOST_LETTERS,
    ) -> None:
        self._connect = connect
        self._most_waiting, self._most_letters = most_waiting, most_letters
        self._lock = threading.Lock()
        self._waiting: deque[Entry] = deque()
        self._letters = 0
        self._lost = 0  # since the worker began
        self._told = 0  # of those, written down
        self._wake = threading.Event()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="recorder", daemon=True)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def stop(self) -> None:
        """Write what is left, for a few seconds at most, and end the thread."""
        self._ended.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(LAST_WORDS_SECONDS)

    def note(self, entry: Entry) -> None:
        """Put a check in line. Never waits and never fails: one that does not fit is counted as lost."""
        with self._lock:
            letters = self._letters + entry.letters
            if len(self._waiting) >= self._most_waiting or letters > self._most_letters:
                self._lost += 1
            else:
                self._waiting.append(entry)
                self._letters = letters
        self._wake.set()

    def lose(self) -> None:
        """Count a check that could not even be put in line."""
        with self._lock:
            self._lost += 1
        self._wake.set()

    def once(self, entry: Entry) -> bool:
        """Write a check now, and say whether nobody had written its confirmation before.

        Raises psycopg.Error or OSError when it cannot be written.
        """
        with self._connect() as connection:
            return connection.execute(_INSERT, entry.row).rowcount == 1

    def state(self) -> dict[str, int]:
        """How many checks wait to be written, and how many were lost since the worker began."""
        return {"waiting": len(self._waiting), "lost": self._lost}

    def _keep(self) -> None:
        while not self._ended.is_set() or self._waiting:
            try:
                with self._connect() as connection:
                    self._write_on(connection)
            except (psycopg.Error, OSError) as error:
                log.warning("Checks wait to be put on record: %s", type(error).__name__)
            except Exception:
                log.exception("Checks cannot be put on record.")
            if self._ended.is_set():
                return
            self._ended.wait(RETRY_SECONDS)

    def _write_on(self, connection: Connection) -> None:
        if self._waiting or self._lost > self._told:
            self._wake.set()  # left over from a connection that broke
        while True:
            self._wake.wait()
            self._wake.clear()
            if not self._ended.is_set():
                time.sleep(GATHER_SECONDS)
            while batch := self._next():
                self._write(connection, batch)
            self._tell(connection)
            if self._ended.is_set():
                return

    def _next(self) -> list[Entry]:
        with self._lock:
            return list(islice(self._waiting, BATCH))

    def _write(self, connection: Connection, batch: Sequence[Entry]) -> None:
        """Write a batch and let it go. Written twice it counts once: each row has its id."""
        try:
            with connection.transaction(), connection.cursor() as cursor:
                cursor.executemany(_INSERT, [one.row for one in batch])
            lost = 0
        except (psycopg.DataError, psycopg.IntegrityError):
            lost = sum(not self._written(connection, one) for one in batch)
        with self._lock:
            for _ in batch:
                self._letters -= self._waiting.popleft().letters
            self._lost += lost

    def _written(self, connection: Connection, one: Entry) -> bool:
        """One row of a batch that was refused: the others must not be lost with the one that cannot be stored."""
        try:
            connection.execute(_INSERT, one.row)
        except (psycopg.DataError, psycopg.IntegrityError) as error:
            log.warning("A check cannot be put on record: %s", type(error).__name__)
            return False
        return True

    def _tell(self, connection: Connection) -> None:
        lost = self._lost
        if lost > self._told:
            worker = f"{os.uname().nodename}:{os.getpid()}"[:50]
            connection.execute(_LOST, [uuid4(), worker, lost - self._told])
            self._told = lost
