"""`script/server`: the house, and the person at the terminal."""

import os
import signal
import time
from pathlib import Path
from types import FrameType

from launch.environment import Environment
from launch.house import House
from launch.ports import Ports
from launch.progress import Progress
from launch.setup import ROOT

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LOOK_SECONDS = 0.5
DEMO_PAGE = "/demo/"


class Ended(BaseException):
    """Somebody asked us to end."""


def data_folder() -> Path:
    """The one folder everything lives in: DATA_DIR, or `var`, which git ignores."""
    return Path(os.environ.get("DATA_DIR") or ROOT / "var").resolve()


def serve() -> None:
    """Run everything until Ctrl-C, SIGTERM, a closed terminal, or the death of a process.

    Raises Refusal or Breakdown with the sentence to show.
    """
    for number in SIGNALS:
        signal.signal(number, _end)
    house = House(Environment(data_folder(), Ports.from_environment()), Progress())
    try:
        with house:
            print(_welcome(house), flush=True)
            while True:
                time.sleep(LOOK_SECONDS)
                house.check()
    except Ended:
        print("Ended.", flush=True)


def _end(number: int, frame: FrameType | None) -> None:
    """Once: a second Ctrl-C must not break off the ending."""
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    raise Ended


def _welcome(house: House) -> str:
    ports = house.environment.ports
    lines = [f"\nRedress answers at  http://localhost:{ports.web}/"]
    if house.environment.demo:
        lines.append(
            f"  demo sign-ins at  http://localhost:{ports.web}{DEMO_PAGE} (one click each)"
        )
    if "guard" in house.services:
        lines.append(f"  its guard at      http://localhost:{ports.guard}/")
    if "sandbox" in house.services:
        lines.append(f"  its sandbox at    http://localhost:{ports.sandbox}/")
    lines.append(f"  its logs in       {house.data / 'log'}")
    return "\n".join([*lines, "Ctrl-C ends everything.\n"])
