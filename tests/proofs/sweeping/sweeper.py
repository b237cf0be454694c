"""`python -m tests.proofs.sweeping.sweeper FOLDER NAME SEED`: a process that sweeps, killed again and again.

It forks a child that does nothing but sweep, kills it with SIGKILL after a random while, forks the next, until
the file `FOLDER/stop` is there. Then it prints how often it killed, and by how much its clock is wrong.
"""

import json
import os
import random
import signal
import sys
import time
import traceback
from pathlib import Path

import django
from django.db import connection

django.setup()

from common import clock  # noqa: E402  Django must be set up
from deadlines.services import sweep  # noqa: E402
from tests.proofs.sweeping.kinds import join  # noqa: E402

SHORTEST, LONGEST = 0.02, 1.5
PAUSE = 0.02


def sweep_for_ever() -> None:
    """What the child does."""
    while True:
        sweep.run(clock.now())
        time.sleep(PAUSE)


def born() -> int:
    """The process number of a new child."""
    child = os.fork()
    if child:
        return child
    try:
        sweep_for_ever()
    finally:
        traceback.print_exc()
        os._exit(1)


def main(folder: Path, seed: str) -> dict[str, float]:
    """Kill until told to stop."""
    join()
    dice, kills, fell = random.Random(seed), 0, 0
    child = born()
    while not (folder / "stop").exists():
        time.sleep(dice.uniform(SHORTEST, LONGEST))
        ended, _status = os.waitpid(child, os.WNOHANG)
        fell += bool(ended)
        if not ended:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            kills += 1
        child = born()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    wrong = time.time() - clock.now().timestamp()
    connection.close()
    return {"kills": kills, "fell": fell, "wrong_by": round(wrong)}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2])))
