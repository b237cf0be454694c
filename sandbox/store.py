"""The SQLite file: one connection per thread, write-ahead log, writes one after the other."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from flask import current_app

SCHEMA = Path(__file__).with_name("schema.sql")
# What a database made by an earlier sandbox lacks: table, column, and what it holds.
LATER_COLUMNS = (
    ("artefacts", "slot", "TEXT"),
    ("artefacts", "hidden", "INTEGER NOT NULL DEFAULT 0"),
    ("holds", "pretended", "INTEGER NOT NULL DEFAULT 0"),
    ("holds", "relapses_at", "TEXT"),
)
Row = dict[str, Any]
# Threads wait for each other here; SQLite itself would have them sleep, for up to a tenth of a second a time.
_turn = threading.RLock()
_kept = threading.local()


class Store:
    """A connection. Reads see the last commit; writes belong into `transaction()`."""

    def __init__(self, file: Path) -> None:
        self._link = sqlite3.connect(file, timeout=30, isolation_level=None)
        self._link.execute("PRAGMA journal_mode = WAL")
        self._link.execute("PRAGMA synchronous = NORMAL")
        self._link.execute("PRAGMA foreign_keys = ON")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; takes the write lock at once, so what is read inside cannot change."""
        with _turn:
            self._link.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._link.execute("ROLLBACK")
                raise
            self._link.execute("COMMIT")

    def rows(self, sql: str, *values: Any) -> list[Row]:
        cursor = self._link.execute(sql, values)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def row(self, sql: str, *values: Any) -> Row | None:
        """The first row, or None."""
        found = self.rows(sql, *values)
        return found[0] if found else None

    def write(self, sql: str, *values: Any) -> int:
        """Runs one statement; the id of the row it inserted, if any."""
        with _turn:
            return self._link.execute(sql, values).lastrowid or 0

    def prepare(self) -> None:
        """Makes the tables that are missing, and in older ones the columns."""
        self._link.executescript(SCHEMA.read_text())
        with self.transaction():
            for table, column, meaning in LATER_COLUMNS:
                known = [row["name"] for row in self.rows(f"PRAGMA table_info({table})")]
                if column not in known:
                    self.write(f"ALTER TABLE {table} ADD COLUMN {column} {meaning}")

    def close(self) -> None:
        self._link.close()


def database(data: Path) -> Path:
    return data / "sandbox.sqlite3"


def prepared(data: Path) -> closing[Store]:
    """A connection for start-up work, with folder and tables in place; closes itself."""
    data.mkdir(parents=True, exist_ok=True)
    store = Store(database(data))
    store.prepare()
    return closing(store)


def store() -> Store:
    """This thread's connection, kept from request to request: each new one reads the schema and, last, clears the log."""
    data = current_app.config["SETTINGS"].data
    if getattr(_kept, "data", None) != data:
        _kept.store, _kept.data = Store(database(data)), data
    opened: Store = _kept.store
    return opened
