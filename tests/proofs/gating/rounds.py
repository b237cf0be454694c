"""Disguised names at every door of LiteLLM's proxy, its traps, and a guard that is away: what reaches the models."""

import logging
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import httpx

from common import clock
from common.actors import SETUP
from screening.corpus.evasions import SPLIT_FIELDS
from screening.corpus.samples import REPORT
from screening.corpus.trial import clean, disguised
from screening.rules import TermText
from screening.services.rules import create_rule
from tests.peers.proxy import Settings, install, proxy
from tests.peers.upstream import Upstream
from tests.proofs.gating import asking, traps
from tests.proofs.matching import blocker
from tests.sandbox_process import free_port
from tests.screening.asking import MESSAGE, new_rule
from tests.screening.callers import TOKEN, GuardProcess, guard_process

NAME = REPORT.english[0]
AT_ONCE = 4


def run(size: int, seed: int) -> dict[str, Any]:
    """`size` disguised and `size` clean prompts at each door; what was counted, and whether it is right."""
    programs = install()
    logging.getLogger("httpx").setLevel(logging.WARNING)
    for name in REPORT.names:
        create_rule(new_rule(terms=[TermText(name, "en")]), actor=SETUP, at=clock.now())
    hidden, plain = list(disguises(size, seed)), list(innocents(size, seed))
    with tempfile.TemporaryDirectory(prefix="redress-gating-") as name, Upstream() as upstream:
        house = House(Path(name), free_port())
        settings = Settings(house.url, TOKEN, upstream.url, {})
        with proxy(programs, settings, house.folder) as client:
            with house.guard():
                counts = doors(client, upstream, hidden, plain)
                counts |= traps.all_of(client, upstream, NAME)
            counts |= traps.away(client, upstream)
            with house.guard(database=nowhere(house.folder)):
                counts |= traps.unable(client, upstream, "fail_closed")
        careless = Settings(house.url, TOKEN, upstream.url, {"unreachable_fallback": "fail_open"})
        with (
            proxy(programs, careless, house.folder) as client,
            house.guard(database=nowhere(house.folder)),
        ):
            counts |= traps.unable(client, upstream, "fail_open")
    return {"counts": counts, "ok": holds(counts)}


class House:
    """The guard's place: the same port each time it starts."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self._port = folder, port
        self.url = f"http://127.0.0.1:{port}"

    @contextmanager
    def guard(self, database: str = "") -> Iterator[GuardProcess]:
        """A running guard, on our database or another one."""
        where = database or os.environ["DATABASE_URL"]
        with guard_process(where, self.folder / "guard.log", port=self._port) as running:
            yield running


def nowhere(folder: Path) -> str:
    """The address of a database that is not there."""
    return f"postgresql://redress_app@/redress?host={folder}"


def disguises(size: int, seed: int) -> Iterator[str]:
    """Prompts that the engine blocks: what is measured here is the gateway."""
    is_blocked = blocker(REPORT)
    found = [
        hidden.fields["prompt"]
        for hidden in disguised(REPORT, 1, seed)
        if hidden.kind != SPLIT_FIELDS and is_blocked(hidden.fields)
    ]
    Random(seed).shuffle(found)
    return islice(found, size)


def innocents(size: int, seed: int) -> Iterator[str]:
    """Prompts that the engine lets pass."""
    is_blocked = blocker(REPORT)
    prompts = (prompt.fields["prompt"] for prompt in clean(REPORT, 2 * size, seed))
    return islice((p for p in prompts if not is_blocked({"prompt": p})), size)


def doors(
    client: httpx.Client, upstream: Upstream, hidden: list[str], plain: list[str]
) -> dict[str, int | float]:
    """Every prompt at every door."""
    counts: dict[str, int | float] = {}
    for name, door in asking.DOORS.items():
        upstream.arrived.clear()
        blocked = sum(at_once(hidden, lambda prompt, door=door: is_block(door(client, prompt))))
        arrived = len(upstream.arrived)
        passed = sum(at_once(plain, lambda prompt, door=door: door(client, prompt).is_success))
        counts |= {
            f"{name}: names asked": len(hidden),
            f"{name}: names blocked": blocked,
            f"{name}: names arrived": arrived,
            f"{name}: clean asked": len(plain),
            f"{name}: clean passed": passed,
            f"{name}: clean arrived": len(upstream.arrived) - arrived,
        }
        print(name, blocked, arrived, passed, flush=True)
    return counts | pace(client, plain)


def at_once(prompts: Iterable[str], ask: Callable[[str], bool]) -> Iterator[bool]:
    """The answers, several asked at the same time."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(ask, prompts)


def is_block(answer: httpx.Response) -> bool:
    """Whether it was refused, in the words of the rule and in both languages."""
    return answer.status_code == httpx.codes.BAD_REQUEST and all(
        words in answer.json()["error"]["message"] for words in MESSAGE.values()
    )


def pace(client: httpx.Client, prompts: list[str]) -> dict[str, int | float]:
    """How long a clean conversation takes, the models answering at once."""
    times = []
    for prompt in prompts:
        started = time.perf_counter()
        asking.chat(client, prompt)
        times.append((time.perf_counter() - started) * 1e3)
    return {"clean chat, median milliseconds": round(statistics.median(times), 1)}


def holds(counts: dict[str, int | float]) -> bool:
    """No name arrived, no innocent was stopped, and each trap is as docs/litellm.md says."""
    for name in asking.DOORS:
        asked, clean_ = counts[f"{name}: names asked"], counts[f"{name}: clean asked"]
        if counts[f"{name}: names blocked"] != asked or counts[f"{name}: names arrived"]:
            return False
        if counts[f"{name}: clean passed"] != clean_ or counts[f"{name}: clean arrived"] != clean_:
            return False
    return all(counts[name] == right for name, right in traps.RIGHT.items())
