"""All of Redress on one machine: everything started in order, and ended in the opposite order."""

import signal
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from launch.apt import Say
from launch.environment import Environment
from launch.errors import Breakdown
from launch.health import is_well
from launch.lock import Lock
from launch.ports import require_free
from launch.postgres import APP, OWNER, Cluster
from launch.process import Child, leashed, start
from launch.services import Service, Stage, services
from launch.setup import PYTHON, ROOT
from launch.valkey import Broker

WELL_SECONDS = 60.0
PREPARE = (str(PYTHON), "-W", "ignore", str(ROOT / "manage.py"), "prepare")
STOP_SECONDS = 10.0


class House:
    """One running Redress. `with House(environment, say) as house:` starts and ends it."""

    def __init__(self, environment: Environment, say: Say = print) -> None:
        self.environment = environment
        self.data = environment.data.resolve()
        self.say = say
        self.children: dict[str, Child] = {}
        self.services: dict[str, Service] = {}
        self._lock: Lock | None = None
        self._cluster: Cluster | None = None
        self._broker: Broker | None = None

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start everything and wait until every server says that it is well.

        Raises Refusal before anything is started when another launcher or a port stands in the way,
        Breakdown when something does not come up.
        """
        self._lock = Lock.take(self.data)
        if self._lock.predecessor:
            self.say(f"Launcher {self._lock.predecessor} was killed here; cleaning up after it")
        told = self._told()
        wanted = services(self.environment, told)
        for service in wanted:
            if service.door is not None:
                require_free(service.door.port, service.door.variable)
        self._start_embedded()
        self._start_stage(Stage.NOTHING, wanted)
        self._prepare(told)
        self.say(f"Starting {', '.join(service.name for service in wanted)}")
        self._start_stage(Stage.DATABASE, wanted)
        for service in wanted:
            self._wait_until_well(service)
        self._start_stage(Stage.SERVERS, wanted)

    def _start_stage(self, stage: Stage, wanted: Sequence[Service]) -> None:
        for service in wanted:
            if service.stage is stage:
                self.start_service(service)

    def start_service(self, service: Service) -> Child:
        """Start one process, again if it has ended."""
        self.services[service.name] = service
        child = start(
            service.name,
            leashed(service.command, service.orphaned),
            log=self._log(service.name),
            env=service.environment,
            cwd=ROOT,
        )
        self.children[service.name] = child
        return child

    def stop(self) -> None:
        """End every process: ours together, then the broker, then the database."""
        for child in self.children.values():
            child.tell(signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        for child in self.children.values():
            child.wait(max(0.0, deadline - time.monotonic()))
        self.children.clear()
        for server in (self._broker, self._cluster):
            if server is not None:
                server.stop()
        if self._lock is not None:
            self._lock.release()
        self._lock = self._broker = self._cluster = None

    def check(self) -> None:
        """Raise Breakdown when a process has died by itself."""
        embedded = [server.child for server in (self._broker, self._cluster) if server]
        for child in [*self.children.values(), *filter(None, embedded)]:
            if not child.alive:
                raise Breakdown(
                    f"The process {child.name} has ended (status {child.popen.returncode}), so "
                    f"everything is ended; {child.log} closes with:\n{child.last_words()}"
                )

    def _told(self) -> dict[str, str]:
        """The processes' environment. The embedded servers' addresses are known beforehand."""
        if not self.environment.gives("DATABASE_URL"):
            self._cluster = Cluster(self.data, say=self.say)
        if not self.environment.gives("BROKER_URL"):
            self._broker = Broker(self.data, say=self.say)
        return self.environment.for_house(
            self._cluster.url(APP) if self._cluster else "",
            self._broker.url if self._broker else "",
        )

    def _start_embedded(self) -> None:
        if self._cluster is not None:
            self.say("Starting PostgreSQL")
            self._cluster.start()
        if self._broker is not None:
            self.say("Starting Valkey")
            self._broker.start()

    def _prepare(self, told: Mapping[str, str]) -> None:
        """Migrations, translations, demo data: the one process that knows the owner's address."""
        self.say("Preparing the database, the translations and the demo")
        owner = self._cluster.url(OWNER) if self._cluster else ""
        log = self._log("prepare")
        child = start(
            "prepare",
            leashed(PREPARE, signal.SIGKILL),
            log=log,
            env=self.environment.for_migrations(told, owner),
            cwd=ROOT,
        )
        self.children["prepare"] = child
        child.popen.wait()
        del self.children["prepare"]
        if child.popen.returncode:
            raise Breakdown(f"`manage.py prepare` failed; {log} ends:\n{child.last_words()}")

    def _wait_until_well(self, service: Service) -> None:
        deadline = time.monotonic() + WELL_SECONDS
        while service.door is not None and not is_well(service.door.port):
            self.check()
            if time.monotonic() > deadline:
                raise Breakdown(
                    f"The process {service.name} did not answer on port {service.door.port} in "
                    f"time; its log ends:\n{self.children[service.name].last_words()}"
                )
            time.sleep(0.05)

    def _log(self, name: str) -> Path:
        return self.data / "log" / f"{name}.log"
