"""What a prompt check costs over HTTP, beside a route of the same server that does nothing.

`measure()` fills the database it is given with made-up rules: only for one that is thrown away.
"""

import http.client
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Final
from uuid import uuid4

from django.db import transaction

from screening.bench_words import Vocabulary
from screening.http_load import EMPTY, HOST, PATIENCE, Told, free_port, load, post
from screening.models import PromptRule, RuleSetVersion
from screening.percentiles import percentiles

CHECKS: Final = "/api/v1/prompt-checks"
SEED: Final = 20261124
TOKEN: Final = "made up for the bench"  # noqa: S105 - opens a server that lives for the bench
BEGUN: Final = datetime(2026, 1, 5, tzinfo=UTC)
START_SECONDS: Final = 120.0
RELOAD_SECONDS: Final = 120.0
AT_ONCE: Final = 2_000  # rows in one INSERT
QUIET_SECONDS: Final = 5.0  # how long checks are timed before rules change
FEWEST: Final = 100  # answers of which a 99th percentile is told
ROUNDS: Final = 3  # the best median of these counts


class Failed(RuntimeError):
    """The guard did not start, or did not take up what changed."""


@dataclass(frozen=True)
class Size:
    """How many rules and answers, how long the prompts are, and how many connections and processes."""

    rules: int = 100_000
    answers: int = 10_000
    characters: tuple[int, ...] = (200, 1_000)
    connections: tuple[int, ...] = (1, 8)
    workers: int = 2
    prompts: int = 300
    singles: int = 20


@dataclass(frozen=True)
class Server:
    """The guard and the route that does nothing, on one port."""

    port: int
    workers: int

    def every_worker_has(self, version: int) -> bool:
        """Whether each process answers with this version of the rules, within RELOAD_SECONDS."""
        seen: dict[int, int] = {}
        end = time.monotonic() + RELOAD_SECONDS
        while time.monotonic() < end:
            told = self._health()
            if "worker" in told:  # else it has no rules yet
                seen[told["worker"]] = told["rule_set_version"]
            if list(seen.values()) == [version] * self.workers:
                return True
            time.sleep(0.02)  # leave the processors to the guard
        return False

    def _health(self) -> dict[str, int]:
        """Of whichever process takes a new connection."""
        with closing(http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)) as connection:
            connection.request("GET", "/healthz")
            told: dict[str, int] = json.load(connection.getresponse())
        return told


def measure(size: Size, log: Path) -> dict[str, object]:
    """Microseconds and answers a second at each length and number of connections; then the same while as many
    rules again come in force; and how long one rule takes to reach every process. Raises Failed.

    `log` gets what the server says.
    """
    words = Vocabulary(SEED)
    terms = [words.term() for _ in range(size.rules)]
    put_in_force(terms)
    bodies = {
        n: [_body(words.prompt(n, terms)) for _ in range(size.prompts)] for n in size.characters
    }
    with served(size.workers, log) as server:
        figures = {
            f"{n} characters, {c} at once": _beside_empty(server, bodies[n], size, c)
            for n in size.characters
            for c in size.connections
        }
        crowd = max(size.connections)
        reload = _reload(server, bodies[max(size.characters)], crowd, [words.term() for _ in terms])
        single = max(_effective(server, words.term()) for _ in range(size.singles))
    return {
        "bench": "prompt_http",
        "rules": size.rules,
        "workers": size.workers,
        "seed": SEED,
        "microseconds": figures,
        "ratios": {name: _ratios(figure) for name, figure in figures.items()},
        "reload": {"rules": size.rules, **reload},
        "one_rule_seconds": {"times": size.singles, "longest": round(single, 3)},
    }


def put_in_force(terms: Sequence[str]) -> int:
    """A rule for each term, in one transaction; the version it made."""
    rules = (
        PromptRule(
            id=uuid4(),
            terms=[{"text": term, "language": ""}],
            fields=["prompt", "negative_prompt"],
            mode="block",
            reason_code="character_protected",
            case_id=uuid4(),
            case_reference="N-2026-000001-B",
            user_message={"en": "This character is protected.", "zh-Hans": "该角色形象受保护。"},
            appeal_url="https://redress.example/appeal",
            created_at=BEGUN,
            approved_by="bench",
        )
        for term in terms
    )
    with transaction.atomic():
        PromptRule.objects.bulk_create(rules, batch_size=AT_ONCE)
    return RuleSetVersion.objects.get().version


@contextmanager
def served(workers: int, log: Path) -> Iterator[Server]:
    """The guard as production runs it, for as long as the block lasts."""
    server = Server(free_port(), workers)
    command = [sys.executable, "-m", "gunicorn", "screening.guard.beside_empty:application"]
    command += ["--worker-class", "gthread", "--workers", str(workers), "--threads", "4"]
    command += ["--bind", f"{HOST}:{server.port}", "--no-control-socket"]
    command += ["--env", f"GUARD_TOKEN={TOKEN}", "--env", "OPENBLAS_NUM_THREADS=1"]
    with log.open("wb") as stream:
        process = subprocess.Popen(command, stdout=stream, stderr=stream)  # noqa: S603
    try:
        _wait(server, process, log)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _wait(server: Server, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            if server.every_worker_has(RuleSetVersion.objects.get().version):
                return
        except (OSError, http.client.HTTPException):  # nobody listens yet
            time.sleep(0.1)
    raise Failed(f"The guard did not start: {log.read_text()[-2_000:]}")


def _body(prompt: str) -> bytes:
    return json.dumps({"prompt": prompt}, ensure_ascii=False).encode()


def _beside_empty(
    server: Server, bodies: Sequence[bytes], size: Size, crowd: int
) -> dict[str, dict[str, float]]:
    """Both in turns, so that a slow moment of the machine meets both."""
    best: dict[str, Told] = {}
    for _ in range(ROUNDS):
        for name, path in {"check": CHECKS, "empty": EMPTY}.items():
            requests = [post(path, body, TOKEN) for body in bodies]
            told = load(server.port, requests, crowd, lambda told: told.answers >= size.answers)
            best[name] = min(best.get(name, told), told, key=lambda one: one.median)
    return {name: _figures(told) for name, told in best.items()}


def _figures(told: Told) -> dict[str, float]:
    rates = {"per_second": round(told.per_second), "failures": told.failures}
    return {**percentiles(told.microseconds, 0), **rates}


def _ratios(figure: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    check, empty = figure["check"], figure["empty"]
    return {
        "added_microseconds": check["p50"] - empty["p50"],
        "rate_to_empty": round(check["per_second"] / empty["per_second"], 3),
    }


def _reload(
    server: Server, bodies: Sequence[bytes], crowd: int, terms: Sequence[str]
) -> dict[str, object]:
    """As many rules again in one transaction, whose commit comes while checks go on.

    They are written before the checks begin: writing them would slow the asking down, not the guard.
    """
    requests, done = [post(CHECKS, body, TOKEN) for body in bodies], Event()
    with ThreadPoolExecutor(1) as pool:
        before = load(server.port, requests, crowd, lambda told: told.seconds >= QUIET_SECONDS)
        with transaction.atomic():
            version = put_in_force(terms)
            during = pool.submit(
                load,
                *(server.port, requests, crowd),
                lambda told: done.is_set() and told.answers >= FEWEST,
            )
        committed = time.monotonic()
        try:
            everywhere = server.every_worker_has(version)
            seconds = time.monotonic() - committed
        finally:
            done.set()
        told = during.result()
    if not everywhere:
        raise Failed("The rules did not reach every process.")
    return {
        "seconds_after_commit": round(seconds, 2),
        "before": _figures(before),
        "during": _figures(told),
        "p99_to_before": round(_figures(told)["p99"] / _figures(before)["p99"], 2),
    }


def _effective(server: Server, term: str) -> float:
    version = put_in_force([term])
    committed = time.monotonic()
    if not server.every_worker_has(version):
        raise Failed("A rule did not reach every process.")
    return time.monotonic() - committed
