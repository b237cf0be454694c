"""The processes of Redress: how each is started, where it answers, how it ends."""

import signal
from collections.abc import Mapping
from dataclasses import dataclass

from launch.environment import Environment
from launch.ports import HOST, Ports
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


@dataclass(frozen=True)
class Service:
    """A process of ours. `orphaned` is what the kernel sends it when the launcher is killed: the
    worker gets SIGKILL, because a polite stop waits for the task at hand, and sweeps recover."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    port: int | None = None
    variable: str = ""
    orphaned: signal.Signals = signal.SIGTERM


def services(environment: Environment, house: Mapping[str, str]) -> list[Service]:
    """All processes to start, in this order; not those the person runs elsewhere."""
    ports: Ports = environment.ports
    beat = str(environment.data / "beat-schedule")
    chosen = [
        Service(
            "web", gunicorn(WEB, ports.web, "--workers", "2", "--preload"), house, ports.web, "PORT"
        ),
        Service("worker", celery("worker", *WORKER), house, orphaned=signal.SIGKILL),
        Service("beat", celery("beat", "--schedule", beat, "--pidfile="), house),
    ]
    if not environment.gives("GUARD_URL"):
        guard = gunicorn(GUARD, ports.guard)
        chosen.insert(0, Service("guard", guard, house, ports.guard, "GUARD_PORT"))
    if not environment.gives("PLATFORM_URL"):
        sandbox = gunicorn(SANDBOX, ports.sandbox)
        told = environment.for_sandbox()
        chosen.insert(0, Service("sandbox", sandbox, told, ports.sandbox, "SANDBOX_PORT"))
    return chosen


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
