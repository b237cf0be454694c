"""Somebody who reads the developers' page and types what they copy from it."""

import html
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx

from launch.house import House
from tests.proofs.record import ROOT

END: Final = "-- the answer ends here"


def shown(page: str, name: str) -> str:
    """The text of a snippet as a reader copies it from the page."""
    found = re.search(rf'<pre[^>]* id="{name}">(.*?)</pre>', page, re.DOTALL)
    if found is None:
        raise RuntimeError(f"The page shows no {name}.")
    return html.unescape(found.group(1))


class Developer:
    """Somebody with the page open, a key, and a folder for what they copy."""

    def __init__(self, house: House, folder: Path) -> None:
        self.told = house.services["web"].environment
        self.here = self.told["PUBLIC_URL"]
        self.folder = folder
        self.page = httpx.get(f"{self.here}/developers/", timeout=60).text
        self.key = _key(self.told)
        self.headers = {"Authorization": f"Bearer {self.key}"}

    def copied(self, name: str, file: str) -> Path:
        """A snippet of the page as a file."""
        path = self.folder / file
        path.write_text(shown(self.page, name), encoding="utf-8")
        return path

    def shell(self) -> "Shell":
        """A shell in which the address and the key are exported."""
        return Shell({**os.environ, "REDRESS": self.here, "KEY": self.key})


@dataclass
class Shell:
    """One POSIX shell into which lines are typed."""

    told: Mapping[str, str]
    process: "subprocess.Popen[str]" = field(init=False)

    def __post_init__(self) -> None:
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(["sh"], stdin=pipe, stdout=pipe, text=True, env=self.told)

    def type(self, lines: str) -> Any:
        """Type these lines; what they print, read as JSON."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{lines}\necho; echo '{END}'\n")
        self.process.stdin.flush()
        said = "".join(iter(self.process.stdout.readline, f"{END}\n"))
        return json.loads(said)

    def close(self) -> None:
        """Leave the shell."""
        self.process.communicate("exit\n")


def _key(told: Mapping[str, str]) -> str:
    command = [sys.executable, "-W", "ignore", "manage.py", "issue_token", "eno@demo.example", "x"]
    done = subprocess.run(
        command, cwd=ROOT, env=told, capture_output=True, text=True, check=True, timeout=120
    )
    return done.stdout.strip().splitlines()[-1]
