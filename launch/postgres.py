"""An embedded PostgreSQL under one data folder, reachable through a private socket only."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from launch.accounts import Account, server_account
from launch.errors import Breakdown, Refusal
from launch.process import Child, end_leftovers, program_of, start
from launch.sockets import claim, socket_folder
from launch.wheels import postgres_program

APP = "redress_app"
OWNER = "redress_owner"
SUPERUSER = "postgres"
DATABASE = "redress"
ROLES = Path(__file__).parent.parent / "docker" / "postgres" / "roles.sql"

START_SECONDS = 60.0  # crash recovery may have work to do
STOP_SECONDS = 20.0


class Cluster:
    """One PostgreSQL server. `with Cluster(folder) as cluster:` starts and stops it.

    `settings` are PostgreSQL's own (`{"fsync": "off"}`); `say` hears sentences for people.
    """

    def __init__(
        self,
        data: Path,
        *,
        settings: Mapping[str, str] | None = None,
        say: Callable[[str], None] = print,
    ) -> None:
        self.data = data.resolve()
        self.folder = self.data / "postgres"
        self.sockets = socket_folder(self.data)
        self.settings = dict(settings or {})
        self.say = say
        self.child: Child | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def url(self, role: str = APP, database: str = DATABASE) -> str:
        """The address for a role, in the form psycopg and the settings read."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.sockets), safe='')}"

    def start(self) -> None:
        """Bring the server up, its roles and its database made, within START_SECONDS."""
        self.data.mkdir(parents=True, exist_ok=True)
        account = server_account(self.data, [postgres_program("postgres")])
        self._clean_up_after_predecessor()
        if not self.folder.exists():
            self._create(account)
        self._require_own(account)
        claim(self.sockets, account)
        self.child = start(
            "postgres",
            account.command(self._command(), signal.SIGINT),
            log=self.data / "log" / "postgres.log",
            env=plain_environment(),
            cwd=Path("/"),
        )
        self._wait_until_ready(self.child)
        self.ensure_database(DATABASE)

    def stop(self) -> None:
        """Stop the server: sessions are ended, everything committed is kept."""
        if self.child is not None:
            self.child.tell(signal.SIGINT)
            self.child.wait(STOP_SECONDS)
            self.child = None

    def ensure_database(self, name: str) -> None:
        """Make the database unless it is there, owned by `redress_owner`, with both roles."""
        if name not in self.sql("SELECT datname FROM pg_database").splitlines():
            self.sql(f'CREATE DATABASE "{name}"')
        self._psql("--file", str(ROLES), database=name)

    def sql(self, statement: str, database: str = SUPERUSER) -> str:
        """Run one statement as superuser; the rows as text."""
        return self._psql("--command", statement, database=database)

    def _psql(self, *what: str, database: str) -> str:
        command = [str(postgres_program("psql")), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
        where = ["-h", str(self.sockets), "-p", "5432", "-U", SUPERUSER, "-d", database]
        done = subprocess.run(
            [*command, *where, *what],
            capture_output=True,
            text=True,
            check=False,
            env=plain_environment(),
        )
        if done.returncode:
            raise Breakdown(f"PostgreSQL refused: {done.stderr.strip()}")
        return done.stdout.strip()

    def _command(self) -> list[str]:
        settings = {
            "listen_addresses": "",
            "port": "5432",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "log_timezone": "UTC",
            **self.settings,
        }
        options = [word for item in settings.items() for word in ("-c", "=".join(item))]
        return [str(postgres_program("postgres")), "-D", str(self.folder), *options]

    def _create(self, account: Account) -> None:
        """Make the cluster beside its place and move it there when whole: a killed `initdb`
        leaves nothing that looks like a database."""
        fresh = self.data / "postgres.new"
        shutil.rmtree(fresh, ignore_errors=True)
        account.own(fresh)
        initdb = [str(postgres_program("initdb")), "-D", str(fresh), "-U", SUPERUSER, "-A", "trust"]
        done = subprocess.run(
            account.command(
                [*initdb, "-E", "utf8", "--locale=C.UTF-8", "--no-instructions"], signal.SIGKILL
            ),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            cwd="/",
            env=plain_environment(),
        )
        if done.returncode:
            raise Breakdown(f"PostgreSQL could not make its folder {fresh}: {done.stdout.strip()}")
        fresh.rename(self.folder)

    def _require_own(self, account: Account) -> None:
        """PostgreSQL refuses the data of another user, in words that help nobody here."""
        owner = self.folder.stat().st_uid
        if owner != account.uid:
            raise Refusal(
                f"{self.folder} was made by another user (number {owner}), perhaps because Redress "
                "ran as root before: run it as then, or set DATA_DIR to another folder."
            )

    def _clean_up_after_predecessor(self) -> None:
        """PostgreSQL judges a left lock file by the process number in it, which may by now be
        somebody else's; so we look who really lives in the folder, and then remove the file."""
        lock = self.folder / "postmaster.pid"
        if end_leftovers(self.folder, signal.SIGINT):
            self.say("Ended the PostgreSQL that a killed predecessor had left running.")
        if lock.exists():
            number = lock.read_text().split()[0]
            if program_of(number) == "postgres":  # alive, and we may not look into it
                raise Refusal(
                    f"Process {number}, the PostgreSQL of a killed launcher, still runs: end it "
                    f"with `kill -INT {number}`."
                )
            lock.unlink()
            self.say("Removed the lock of a PostgreSQL that was killed; it recovers by itself.")

    def _wait_until_ready(self, child: Child) -> None:
        """The eighth line of PostgreSQL's own lock file says when it takes connections."""
        deadline = time.monotonic() + START_SECONDS
        lock = self.folder / "postmaster.pid"
        while time.monotonic() < deadline and child.alive:
            lines = lock.read_text().splitlines() if lock.exists() else []
            if len(lines) > 7 and lines[7].strip() == "ready":
                return
            time.sleep(0.01)
        child.wait(0)
        raise Breakdown(f"PostgreSQL did not start; {child.log} ends:\n{child.last_words()}")


def plain_environment() -> dict[str, str]:
    """Our environment without PG* variables, which would lead clients to another server."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}
