"""The processes of Redress: how each is started, where it answers, how it ends."""

import signal
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from launch.environment import Environment
from launch.ports import HOST
from launch.setup import ROOT, VENV

WEB = "config.wsgi:application"
GUARD = "screening.guard.wsgi:application"
SANDBOX = "sandbox.app:create_app()"
CELERY = "config"
GUNICORN = (
    *("--worker-class", "gthread", "--threads", "8", "--graceful-timeout", "5"),
    *("--access-logfile", "-", "--no-control-socket"),
)
WORKER = ("--concurrency", "2", "--without-mingle", "--without-gossip")
# Papers may take minutes: workers of their own, so that no clock waits behind one.
PAPERS = ("--queues", "papers", "--hostname", "papers@%h", *WORKER)
# Webhooks wait for other people's machines: many threads, no processes.
WEBHOOKS = (
    *("--queues", "webhooks", "--hostname", "webhooks@%h", "--pool", "threads"),
    *("--concurrency", "16", "--without-mingle", "--without-gossip"),
)


class Stage(IntEnum):
    """What must be there before a process is started."""

    NOTHING = 0
    DATABASE = 1
    SERVERS = 2  # not needed by worker and beat, but people wait for the servers


@dataclass(frozen=True)
class Door:
    """Where a server listens, and the variable that moves it."""

    port: int
    variable: str


@dataclass(frozen=True)
class Service:
    """A process of ours. `orphaned` is what the kernel sends it when the launcher is killed: the
    worker gets SIGKILL, because a polite stop waits for the task at hand, and sweeps recover."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    stage: Stage
    door: Door | None = None
    orphaned: signal.Signals = signal.SIGTERM


def services(environment: Environment, house: Mapping[str, str]) -> list[Service]:
    """All processes to start; not those the person runs elsewhere."""
    wanted = [_web(environment, house), *_background(environment, house)]
    if not environment.gives("GUARD_URL"):
        door = Door(environment.ports.guard, "GUARD_PORT")
        command = gunicorn(GUARD, door.port)
        wanted.append(Service("guard", command, house, Stage.DATABASE, door))
    if not environment.gives("PLATFORM_URL"):
        door = Door(environment.ports.sandbox, "SANDBOX_PORT")
        command, told = gunicorn(SANDBOX, door.port), environment.for_sandbox()
        wanted.append(Service("sandbox", command, told, Stage.NOTHING, door))
    return wanted


def _web(environment: Environment, house: Mapping[str, str]) -> Service:
    door = Door(environment.ports.web, "PORT")
    command = gunicorn(WEB, door.port, "--workers", "2", "--preload")
    return Service("web", command, house, Stage.DATABASE, door)


def _background(environment: Environment, house: Mapping[str, str]) -> list[Service]:
    beat = celery("beat", "--schedule", str(environment.data / "beat-schedule"), "--pidfile=")
    worker = celery("worker", *WORKER)
    papers = celery("worker", *PAPERS)
    webhooks = celery("worker", *WEBHOOKS)
    return [
        Service("worker", worker, house, Stage.SERVERS, orphaned=signal.SIGKILL),
        Service("papers", papers, house, Stage.SERVERS, orphaned=signal.SIGKILL),
        Service("webhooks", webhooks, house, Stage.SERVERS, orphaned=signal.SIGKILL),
        Service("beat", beat, house, Stage.SERVERS),
    ]


def gunicorn(application: str, port: int, *options: str) -> tuple[str, ...]:
    """A web server on the loopback address: one process with threads unless `options` say more."""
    return (
        str(VENV / "bin" / "gunicorn"),
        application,
        *("--chdir", str(ROOT), "--bind", f"{HOST}:{port}", *GUNICORN, *options),
    )


def celery(part: str, *options: str) -> tuple[str, ...]:
    """The worker or beat."""
    return (str(VENV / "bin" / "celery"), "-A", CELERY, part, "--loglevel", "INFO", *options)
