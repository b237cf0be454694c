"""A pytest plugin: the tests' PostgreSQL, in which they run as `redress_app`, as production does.

Importing it sets the environment that the Django settings read, so pyproject.toml names it
(`-p tests.database`): a conftest would come too late. The server starts with the first test that needs it. `TEST_DATABASE_URL` (a
superuser's address) uses a server of your own instead of the embedded one.
"""

import hashlib
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, LiteralString, cast
from urllib.parse import urlsplit

import django
import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from django.test import TransactionTestCase
from psycopg import sql

from launch.errors import Refusal
from launch.lock import Lock
from launch.postgres import APP, OWNER, ROLES, SUPERUSER, Cluster

ROOT = Path(__file__).parent.parent
DATABASE = "redress_test"
EXTERNAL = os.environ.get("TEST_DATABASE_URL", "")
# Autovacuum off: it would tell the planner of empty tables just before a test fills them in one go.
HASTE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "jit": "off",
    "autovacuum": "off",
}
CLOCK = """
CREATE TABLE public.redress_test_clock (stopped_at timestamptz, ahead interval NOT NULL DEFAULT '0');
INSERT INTO public.redress_test_clock DEFAULT VALUES;
CREATE OR REPLACE FUNCTION public.redress_now() RETURNS timestamptz LANGUAGE sql VOLATILE
    AS 'SELECT coalesce(stopped_at, clock_timestamp() + ahead) FROM public.redress_test_clock';
"""  # a row, not a new body each time: an open transaction may go on using the old body
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"


def _first_free_folder() -> tuple[Path, Lock]:
    """Runs side by side each take a folder of their own."""
    for number in range(1, 100):
        folder = ROOT / "var" / "test" / str(number)
        try:
            return folder, Lock.take(folder)
        except Refusal:
            continue
    raise Refusal("99 test runs are going on: end some.")


def _address(role: str, database: str = DATABASE) -> str:
    if not EXTERNAL:
        return CLUSTER.url(role, database)
    parts = urlsplit(EXTERNAL)
    place = parts.netloc.rpartition("@")[2]
    if role == SUPERUSER:
        return parts._replace(path=f"/{database}").geturl()
    secret = f":{parts.password}" if parts.password else ""
    return parts._replace(netloc=f"{role}{secret}@{place}", path=f"/{database}").geturl()


FOLDER, LOCK = _first_free_folder()
CLUSTER = Cluster(FOLDER, settings=HASTE, say=lambda _sentence: None)
os.environ["DATABASE_URL"] = _address(APP)
os.environ["DATABASE_OWNER_URL"] = _address(OWNER)
os.environ["DATA_DIR"] = str(FOLDER / "data")
os.environ.setdefault("SECRET_KEY", "for tests only, and long enough for every check of Django's")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()


def pytest_unconfigure() -> None:
    """The folder is free for the next run."""
    LOCK.release()


@pytest.fixture(scope="session")
def database_server() -> Iterator[None]:
    """The server is up, for the whole run."""
    if EXTERNAL:
        yield
        return
    with CLUSTER:
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    database_server: None, django_db_blocker: Any, django_db_createdb: bool
) -> Iterator[None]:
    """A fresh database, migrated as `redress_owner`; --create-db migrates it anew in any case."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        _create_database(anew=django_db_createdb)
        filled = _filled_tables()
        patch.setattr(
            TransactionTestCase, "_fixture_teardown", lambda _case: _empty_all_but(filled)
        )
        yield
        connections.close_all()


def _create_database(*, anew: bool) -> None:
    """Copy the database that this state of the migrations once made, or make it."""
    template = f"{DATABASE}_{_fingerprint()}"
    with _superuser(SUPERUSER) as server:
        known = [name for (name,) in server.execute("SELECT datname FROM pg_database")]
        if anew or template not in known:
            for name in known:
                if name.startswith(DATABASE):
                    _drop(server, name)
            _make(server, DATABASE, "template1")
            call_command("migrate", database="owner", verbosity=0)
            connections["owner"].cursor().execute(CLOCK)
            connections["owner"].close()
            server.execute(_named("ALTER DATABASE {} RENAME TO {}", DATABASE, template))
        _drop(server, DATABASE)
        _make(server, DATABASE, template)


def _make(server: "psycopg.Connection[Any]", name: str, template: str) -> None:
    server.execute(_named("CREATE DATABASE {} TEMPLATE {}", name, template))
    with _superuser(name) as inside:
        inside.execute(cast(LiteralString, ROLES.read_text()))
        if EXTERNAL and (password := urlsplit(EXTERNAL).password):
            for role in (APP, OWNER):
                inside.execute(
                    sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                        sql.Identifier(role), sql.Literal(password)
                    )
                )


def _drop(server: "psycopg.Connection[Any]", name: str) -> None:
    server.execute(_named("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))


def _named(statement: LiteralString, *names: str) -> sql.Composed:
    return sql.SQL(statement).format(*map(sql.Identifier, names))


def _fingerprint() -> str:
    """What the migrated database depends on: migrations, state tables, roles, libraries."""
    patterns = ("*/migrations/**/*", "*/states.py", "*/rules.py", "requirements.txt")
    files = {Path(__file__), ROLES, *(file for pattern in patterns for file in ROOT.glob(pattern))}
    digest = hashlib.sha256()
    for file in sorted(file for file in files if file.is_file() and file.suffix != ".pyc"):
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def _superuser(database: str = DATABASE) -> "psycopg.Connection[Any]":
    return psycopg.connect(_address(SUPERUSER, database), autocommit=True)


def _filled_tables() -> set[str]:
    """The tables that hold rows."""
    with _superuser() as server:
        tables = [name for (name,) in server.execute(TABLES)]
        return {
            name
            for name in tables
            if server.execute(_named("SELECT FROM {} LIMIT 1", name)).rowcount
        }


def _empty_all_but(kept: set[str]) -> None:
    """Undo what a committing test left, past the triggers that keep everybody else from it."""
    with _superuser() as server:
        server.execute("SET session_replication_role = replica")
        for name in sorted(_filled_tables() - kept):
            server.execute(_named("DELETE FROM {}", name))


@pytest.fixture
def committed_db(transactional_db: None) -> None:
    """The test really commits, so other connections and processes see its rows; afterwards every
    table is emptied but those that the migrations filled."""


@pytest.fixture
def owner_connection(django_db_setup: None) -> Iterator["psycopg.Connection[Any]"]:
    """A connection as `redress_owner` that commits each statement at once."""
    with psycopg.connect(_address(OWNER), autocommit=True) as connection:
        yield connection


class Clock:
    """The time that `redress_now()` tells to every process that uses the tests' database."""

    def __init__(self, owner: "psycopg.Connection[Any]") -> None:
        self._owner = owner

    def set(self, moment: datetime) -> None:
        """Stop the clock at a moment (with its zone)."""
        if moment.tzinfo is None:
            raise ValueError("A moment without a zone is no moment.")
        self._owner.execute("UPDATE redress_test_clock SET stopped_at = %s", [moment])

    def shift(self, distance: timedelta) -> None:
        """Move on from where the clock is: a stopped clock stays stopped, a running one runs."""
        self._owner.execute(
            "UPDATE redress_test_clock SET stopped_at = stopped_at + %(by)s,"
            " ahead = CASE WHEN stopped_at IS NULL THEN ahead + %(by)s ELSE ahead END",
            {"by": distance},
        )

    def reset(self) -> None:
        """Tell the real time again."""
        self._owner.execute("UPDATE redress_test_clock SET stopped_at = NULL, ahead = '0'")


@pytest.fixture
def clock(owner_connection: "psycopg.Connection[Any]") -> Iterator[Clock]:
    """The database's clock, to be moved; it tells the real time again after the test."""
    hand = Clock(owner_connection)
    yield hand
    hand.reset()
