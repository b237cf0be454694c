"""One round after the other, the two sides brought ever closer to a tie."""

import logging
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
from django.db import connection

from deadlines.states import State
from evidence.audit import broken_chains
from tests.proofs.racing.judging import HUMAN, NOBODY_OR_BOTH, SWEEP, contradictions, winner
from tests.proofs.racing.processes import Sweepers, Web
from tests.proofs.racing.scene import ASKED, Asked, ask, reviewer

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
MANY = 50  # in so many rounds each side must win at least once
PRESSES = 2  # the filer presses twice, so that both web workers have something to do
START = 0.4  # the time to answer ends so many seconds after both sides stand ready
PATIENCE = 30.0


class Filer:
    """Nora's browser, on the page on which she answers."""

    def __init__(self, web: Web, asked: Asked) -> None:
        self._asked = asked
        self._browser = httpx.Client(base_url=web.url, trust_env=False, timeout=PATIENCE)
        page = self._browser.get(asked.address)
        found = TOKEN.search(page.text)
        if found is None:
            raise RuntimeError(f"The page to answer on came with {page.status_code}.")
        self._form = {"csrfmiddlewaretoken": found.group(1), ASKED: "1 Fox Lane, Shanghai"}

    def press(self, at: float) -> int:
        """Send the form at a moment of this machine's clock; the status of the answer."""
        time.sleep(max(0.0, at - time.time()))
        return self._browser.post(self._asked.address, data=self._form).status_code

    def close(self) -> None:
        """Leave the page."""
        self._browser.close()


def run(size: int, seed: int) -> dict[str, Any]:
    """`size` rounds; counts, and `ok`. The environment names the database and the broker."""
    dice, lead, counts, odd = random.Random(seed), 0.1, Counter[str](), Counter[str]()
    before = _deadlocks()
    logging.getLogger("httpx").setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="redress-races-") as name:
        folder, tara = Path(name), reviewer()
        with Web(folder) as web, Sweepers(folder) as sweepers, ThreadPoolExecutor(PRESSES) as hands:
            for number in range(size):
                sweepers.check()
                asked = ask(tara)
                answers = play(web, asked, lead * dice.uniform(0.5, 1.5), hands.map)
                who = winner(asked)
                counts[who] += 1
                odd.update(contradictions(asked, who, answers))
                lead *= 0.85 if who == HUMAN else 1.18
                if number % 50 == 49:
                    print(f"{number + 1} rounds: {dict(counts)}", flush=True)
    told = {
        "rounds": size,
        HUMAN: counts[HUMAN],
        SWEEP: counts[SWEEP],
        NOBODY_OR_BOTH: counts[NOBODY_OR_BOTH],
        "contradictions": odd.total(),
        "failed sweeps": sweepers.counts["failed"],
        "times the case was busy": sweepers.counts["busy"],
        "times another sweeper was faster": sweepers.counts["gone"],
        "deadlocks": _deadlocks() - before,
        "ledger verifies": next(broken_chains(), None) is None,
    }
    if odd:
        print(f"contradictions: {dict(odd)}", flush=True)
    none = (NOBODY_OR_BOTH, "contradictions", "failed sweeps", "deadlocks")
    both_won = size < MANY or (counts[HUMAN] > 0 and counts[SWEEP] > 0)
    ok = both_won and told["ledger verifies"] and not any(told[name] for name in none)
    return {"counts": told, "ok": ok}


def play(web: Web, asked: Asked, lead: float, each: Callable[..., Any]) -> list[int]:
    """Press `lead` seconds before the end while both sweepers look; what the filer was answered."""
    filers = [Filer(web, asked) for _ in range(PRESSES)]
    end = asked.end_in(START + lead).timestamp()
    answers = list(each(lambda filer: filer.press(end - lead), filers))
    for filer in filers:
        filer.close()
    patience = time.monotonic() + PATIENCE
    while asked.clock().state == State.RUNNING and time.monotonic() < patience:
        time.sleep(0.02)
    return answers


def _deadlocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])
