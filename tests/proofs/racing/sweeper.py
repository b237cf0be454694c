"""`python -m tests.proofs.racing.sweeper FOLDER`: sweeps without a rest until the file `FOLDER/stop` is there."""

import json
import sys
import time
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import django

django.setup()

from common import clock  # noqa: E402  Django must be set up
from deadlines.services import sweep  # noqa: E402

PAUSE = 0.003

if __name__ == "__main__":
    stop, counted = Path(sys.argv[1]) / "stop", Counter[str]()
    while not stop.exists():
        counted.update(asdict(sweep.run(clock.now())))
        time.sleep(PAUSE)
    print(json.dumps(counted))
