"""One lasting connection of a worker to write by: a new one for each row would cost the database more than the row."""

import threading
from collections.abc import Callable
from typing import TypeVar

import psycopg

from screening.guard.store import Connection

T = TypeVar("T")


class Writer:
    """Safe for all threads of a worker: they take turns. `connect` opens an autocommitting connection."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        self._connect = connect
        self._lock = threading.Lock()
        self._open: Connection | None = None

    def run(self, write: Callable[[Connection], T]) -> T:
        """Do what may be done twice: when the connection was lost since the last time, it is done once more
        on a new one. Raises psycopg.Error."""
        with self._lock:
            if self._open is not None and not self._open.closed:
                try:
                    return write(self._open)
                except psycopg.OperationalError:
                    self._open.close()
            self._open = self._connect()
            return write(self._open)
