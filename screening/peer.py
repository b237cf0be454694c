"""The filter that a platform would reach for instead: LiteLLM's own, or the loop that it runs."""

import json
import re
import subprocess
import sys
import time
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Final

LOOP: Final = "one regular expression for each keyword, as LiteLLM 1.106 does it (not installed)"
_PROGRAM: Final = Path(__file__).with_name("peer_program.py")
_ENVIRONMENT: Final = {"LITELLM_LOCAL_MODEL_COST_MAP": "True"}  # else it looks for prices of models
_PATIENCE: Final = 1_800  # seconds
Fields = Sequence[str]


@dataclass(frozen=True)
class Told:
    """Which filter it was, how long each prompt took it, and which prompts it blocked."""

    name: str
    microseconds: Sequence[float]
    blocked: Sequence[bool]


class Unavailable(RuntimeError):
    """The peer could not be installed or would not run."""


@dataclass(frozen=True)
class OwnPython:
    """A Python of its own in `folder`, made on demand: none of its packages come near the house's."""

    folder: Path
    packages: ClassVar[Sequence[str]] = ()

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"

    @property
    def is_there(self) -> bool:
        """Whether it was installed."""
        return self.python.exists()

    def install(self) -> None:
        """Make the environment; quick when it is there. Needs a package index. Raises Unavailable.

        What pip has to say goes to stderr: stdout is the measurement's own.
        """
        if not self.is_there:
            venv.create(self.folder, with_pip=True)
        command = [str(self.python), "-m", "pip", "install", "--quiet", *self.packages]
        if subprocess.run(command, check=False, timeout=_PATIENCE, stdout=sys.stderr).returncode:  # noqa: S603 - fixed words
            raise Unavailable(f"pip could not install {' '.join(self.packages)}.")


@dataclass(frozen=True)
class Peer(OwnPython):
    """LiteLLM's filter; without LiteLLM, the loop that it runs."""

    packages: ClassVar[Sequence[str]] = ("litellm==1.106.2", "fastapi", "orjson")

    def ask(self, words: Sequence[str], prompts: Sequence[Fields]) -> Told:
        """What the filter does with each prompt, a list of texts. Raises Unavailable."""
        if not self.is_there:
            return in_loop(words, prompts)
        asked = json.dumps({"words": words, "prompts": prompts})
        command = [str(self.python), "-I", str(_PROGRAM)]
        done = subprocess.run(  # noqa: S603 - our own program
            command,
            env=_ENVIRONMENT,
            input=asked,
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE,
        )
        if done.returncode:
            raise Unavailable(done.stderr.strip().splitlines()[-1])
        told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return Told(told["name"], told["microseconds"], told["blocked"])


def in_loop(words: Sequence[str], prompts: Sequence[Fields]) -> Told:
    """The loop itself, here."""
    patterns = [re.escape(word.lower()) for word in words]
    times, blocked = [], []
    for fields in prompts:
        started = time.perf_counter()
        found = [_searched(patterns, text.lower()) for text in fields]
        times.append((time.perf_counter() - started) * 1e6)
        blocked.append(any(found))
    return Told(LOOP, times, blocked)


def _searched(patterns: Sequence[str], text: str) -> bool:
    return any([re.search(pattern, text) for pattern in patterns])
