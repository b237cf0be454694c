"""The filter that a platform would reach for instead: LiteLLM's own, or the loop that it runs.

LiteLLM lives in a Python of its own, made on demand: none of its packages come near the house's.
"""

import json
import re
import subprocess
import time
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

PACKAGES: Final = ("litellm==1.106.2", "fastapi", "orjson")
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
class Peer:
    """`folder` holds the virtual environment with LiteLLM, once there is one."""

    folder: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"

    def install(self) -> None:
        """Make the environment; quick when it is there. Needs a package index. Raises Unavailable."""
        if not self.python.exists():
            venv.create(self.folder, with_pip=True)
        command = [str(self.python), "-m", "pip", "install", "--quiet", *PACKAGES]
        if subprocess.run(command, check=False, timeout=_PATIENCE).returncode:  # noqa: S603 - fixed words
            raise Unavailable(f"pip could not install {' '.join(PACKAGES)}.")

    def ask(self, words: Sequence[str], prompts: Sequence[Fields]) -> Told:
        """What the filter does with each prompt, a list of texts. Raises Unavailable."""
        if not self.python.exists():
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
