"""What the people of a journey share: the house around them, and what can be seen of it from outside."""

import json
import os
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from functools import partial
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import psycopg
from django.core.management import call_command

from common.clock import now
from counternotices.services import arrivals
from deadlines.services import sweep as clocks
from measures.services import sweep as measures
from notifications.services import sweep as messages
from screening.engine.rules import Decision, Question
from screening.guard import store, works
from screening.guard.keeper import Held, Keeper
from screening.guard.recognising import Recogniser
from tests.database import Clock
from tests.journeys.worker import Work
from tests.sandbox_process import SandboxProcess

SHANGHAI = ZoneInfo("Asia/Shanghai")


def beijing(text: str) -> datetime:
    """A moment as the people of these stories tell it, for example `2026-10-08 23:59:59`."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


def moment_in(text: str, zone: ZoneInfo) -> datetime:
    """The same moment told where another law is."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@dataclass
class House:
    """The installation during one story."""

    clock: Clock
    work: Work
    sandbox: SandboxProcess
    mail: Path

    def at(self, text: str) -> datetime:
        """Move the clock to this moment in Beijing, do what beat and worker would do by then."""
        self.clock.set(beijing(text))
        self.crank()
        return now()

    def crank(self) -> None:
        """Every sweep and all the work that comes of it, twice: beat comes every few seconds."""
        for _round in range(2):
            self.work.drain()
            clocks.run(now())
            arrivals.sweep(now())
            measures.sweep(now())
            messages.run(now())
            self.work.drain()

    def letters(self, recipient: str) -> list[EmailMessage]:
        """The mails in somebody's box, the oldest first."""
        parser = BytesParser(policy=policy.default)
        mails: list[Any] = [
            parser.parsebytes(file.read_bytes()) for file in self.mail.glob("*.eml")
        ]
        mine = [mail for mail in mails if recipient in mail["To"]]
        order = {file.name: file.stat().st_mtime_ns for file in self.mail.glob("*.eml")}
        return sorted(
            mine, key=lambda mail: order[f"{mail['Message-ID'].strip('<>').partition('@')[0]}.eml"]
        )

    def letter(self, recipient: str, about: str) -> str:
        """The text of the last mail to somebody whose subject or text holds these words."""
        found = [
            body(mail) for mail in self.letters(recipient) if about in mail["Subject"] + body(mail)
        ]
        subjects = [mail["Subject"] for mail in self.letters(recipient)]
        assert found, f"no letter about {about!r} to {recipient}, only {subjects}"
        return found[-1]

    def state(self, artefact: str) -> str:
        """How the platform itself tells what became of an artefact."""
        answer = self.sandbox.ask("GET", f"/v1/artefacts/{artefact}")
        assert answer.status_code == 200, answer.text
        return str(answer.json()["state"])

    def standing(self, user: str) -> dict[str, Any]:
        """What the platform tells about a user."""
        found: dict[str, Any] = self.sandbox.ask("GET", f"/v1/users/{user}").json()
        return found

    def guard_says(self, prompt: str) -> Decision:
        """What the guard would answer a platform that asks about this prompt now."""
        with closing(psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)) as connection:
            rules = store.load(connection, None)
            return rules.decide(Question({"prompt": prompt}, now(), None))

    def guard_sees(self, picture: bytes, **names: str) -> dict[str, object]:
        """What the guard would answer a platform that is about to deliver this picture now.

        `names`: user, surface and output as the platform calls them.
        """
        connect = partial(psycopg.connect, os.environ["DATABASE_URL"], autocommit=True)
        keeper = Keeper(connect, works.SOURCE)
        with closing(connect()) as connection:
            keeper.held = Held(works.load(connection, None), now(), time.monotonic())
        asked = {"picture": b64encode(picture).decode(), **names}
        return Recogniser(keeper, 30, connect).check(json.dumps(asked).encode())[0]


def body(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    part = mail.get_body(("plain",))
    assert part is not None
    text: str = part.get_content()
    return text


def link_in(text: str, part: str) -> str:
    """The first address in a letter with this part."""
    found = [word for word in text.split() if word.startswith("http") and part in word]
    assert found, text
    return found[0]


def ledger_is_whole() -> str:
    """`manage.py verify_ledger`, which raises when anything is broken."""
    told = StringIO()
    call_command("verify_ledger", stdout=told)
    assert told.getvalue().startswith("valid: ")
    return told.getvalue()


def verified_offline(bundle: bytes, folder: Path) -> Sequence[str]:
    """The names in a case file that its own script, alone with Python's standard library, found valid."""
    file = folder / "case.zip"
    file.write_bytes(bundle)
    with ZipFile(BytesIO(bundle)) as inside:
        script = next(name for name in inside.namelist() if name.endswith("verify_case_file.py"))
        (folder / "verify.py").write_bytes(inside.read(script))
        names = inside.namelist()
    done = subprocess.run(
        [sys.executable, "-I", str(folder / "verify.py"), str(file)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PATH": os.environ["PATH"]},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("valid: "), done.stdout
    return names
