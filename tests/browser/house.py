"""The real house for a browser: PostgreSQL, broker, web, guard, worker, beat and sandbox, on free ports."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import httpx
import psycopg

from launch.environment import Environment
from launch.house import House
from launch.keys import key
from launch.ports import Ports
from launch.postgres import OWNER, Cluster
from launch.setup import PYTHON, ROOT
from tests.database import CLOCK

PASSWORD = "a password of the tests"
PEOPLE = """
from common.actors import SETUP
from common.clock import now
from users.services.people import create_person
for name, roles in {roles!r}.items():
    address = f"{{name}}@house.example"
    person = create_person(address, name.title(), roles, by=SETUP, now=now())
    person.set_password({password!r})
    person.save()
"""
ROLES = {
    "tara": ["reviewer"],
    "dan": ["reviewer", "approver"],
    "lea": ["legal"],
    "eno": ["engineer"],
}
OURS = {"DATABASE_URL", "DATABASE_OWNER_URL", "DATA_DIR", "SECRET_KEY", "DJANGO_SETTINGS_MODULE"}
PATIENCE = 60.0
Seen = TypeVar("Seen")


class LiveHouse:
    """A running house, its time, its mail and its sandbox."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._owner = psycopg.connect(Cluster(house.data).url(OWNER), autocommit=True)
        self._owner.execute(CLOCK)  # type: ignore[arg-type]
        self.url = f"http://localhost:{house.environment.ports.web}"
        self.sandbox = f"http://127.0.0.1:{house.environment.ports.sandbox}"

    def clock(self, text: str) -> None:
        """Stop the clock of every process at this moment in Beijing."""
        moment = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
        self._owner.execute(
            "UPDATE redress_test_clock SET stopped_at = %s", [moment.astimezone(UTC)]
        )

    def hire(self) -> None:
        """Accounts for the operator's people, with a password each."""
        environment = dict(self._house.services["web"].environment)
        program = PEOPLE.format(roles=ROLES, password=PASSWORD)
        command = [
            str(PYTHON),
            "-W",
            "ignore",
            str(ROOT / "manage.py"),
            "shell",
            "-v0",
            "-c",
            program,
        ]
        subprocess.run(command, env=environment, cwd=ROOT, check=True, timeout=60)

    def letters(self, recipient: str) -> list[str]:
        """Subject and text of each mail to somebody, the oldest first."""
        folder = self._house.data / "mail"
        files = sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        mails: list[Any] = [
            BytesParser(policy=policy.default).parsebytes(file.read_bytes()) for file in files
        ]
        mine = [mail for mail in mails if recipient in mail["To"]]
        return [f"{mail['Subject']}\n{mail.get_body(('plain',)).get_content()}" for mail in mine]

    def letter(self, recipient: str, part: str) -> str:
        """The last mail to somebody that holds this, as soon as it has come."""

        def come() -> str | None:
            found = [text for text in self.letters(recipient) if part in text]
            return found[-1] if found else None

        return until(come, f"a letter to {recipient} with {part}")

    def platform(self, path: str) -> dict[str, Any]:
        """What the sandbox itself tells."""
        headers = {"Authorization": f"Bearer {key(self._house.data, 'platform-key')}"}
        answer = httpx.get(self.sandbox + path, headers=headers, trust_env=False, timeout=10)
        found: dict[str, Any] = answer.json()
        return found

    def until_state(self, path: str, state: str) -> None:
        """Wait until the platform tells this state."""
        until(lambda: self.platform(path).get("state") == state or None, f"{path} {state}")

    def close(self) -> None:
        """Let go of the database."""
        self._owner.close()


def until(look: Callable[[], Seen | None], what: str) -> Seen:
    """What `look` finds, as soon as it finds something; bounded in time."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if (found := look()) is not None:
            return found
        time.sleep(0.25)
    raise AssertionError(f"in vain: {what}")


@contextmanager
def live_house(data: Path, **given: str) -> Iterator[LiveHouse]:
    """A house of its own in this folder, without demo, staff without a second factor, people hired."""
    environment = {name: text for name, text in os.environ.items() if name not in OURS}
    environment |= {"REDRESS_DEMO": "0", "STAFF_MFA_REQUIRED": "0", **given}
    house = House(Environment(data, Ports.free(), environment), lambda _sentence: None)
    with house:
        live = LiveHouse(house)
        try:
            live.hire()
            yield live
        finally:
            live.close()
