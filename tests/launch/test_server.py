"""The whole house under one launcher: it answers, tells nobody too much, and leaves no process."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from launch.ports import Ports
from launch.postgres import OWNER
from launch.server import DEMO_PAGE
from launch.setup import ROOT

START_SECONDS = 120.0
END_SECONDS = 10.0

pytestmark = pytest.mark.worker


@dataclass(frozen=True)
class Launcher:
    """`python -m launch server` as somebody's terminal runs it."""

    process: "subprocess.Popen[bytes]"
    folder: Path
    ports: Ports

    @property
    def output(self) -> str:
        return (self.folder / "terminal.txt").read_text()

    def children(self) -> dict[str, int]:
        """The processes of the house by their command lines."""
        found = {}
        for pid in family(self.process.pid):
            with suppress(OSError):  # it may just have ended
                command = Path("/proc", str(pid), "cmdline").read_bytes().split(b"\0")
                found[b" ".join(command).decode()] = pid
        return found


def family(pid: int) -> list[int]:
    """The process numbers of a process's children, theirs, and so on."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, _, rest = stat.read_text().partition(" (")
        except OSError:
            continue
        parents[int(number)] = int(rest.rpartition(") ")[2].split()[1])
    found, last = [], {pid}
    while last:
        last = {child for child, parent in parents.items() if parent in last}
        found += last
    return found


@contextmanager
def launched(folder: Path, ports: Ports, **given: str) -> Iterator[Launcher]:
    """A launcher that does not outlive the test."""
    told = {name: value for name, value in os.environ.items() if "DATABASE" not in name}
    told |= {"PORT": str(ports.web), "GUARD_PORT": str(ports.guard)}
    told |= {"SANDBOX_PORT": str(ports.sandbox), "DATA_DIR": str(folder / "var")} | given
    with (folder / "terminal.txt").open("ab") as terminal:
        process = subprocess.Popen(
            [sys.executable, "-m", "launch", "server"],
            cwd=ROOT,
            env=told,
            stdout=terminal,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield Launcher(process, folder, ports)
    finally:
        process.terminate()
        process.wait(30)


def wait_until_it_answers(launcher: Launcher) -> None:
    deadline = time.monotonic() + START_SECONDS
    while "Ctrl-C ends everything" not in launcher.output:
        assert launcher.process.poll() is None, launcher.output
        assert time.monotonic() < deadline, launcher.output
        time.sleep(0.1)


def assert_nobody_is_left(pids: list[int]) -> None:
    deadline = time.monotonic() + END_SECONDS
    while alive := [pid for pid in pids if Path("/proc", str(pid), "cmdline").exists()]:
        assert time.monotonic() < deadline, f"still alive: {alive}"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Launcher]:
    """A house for the tests that only look; in the end its terminal is closed."""
    with launched(tmp_path_factory.mktemp("house"), Ports.free()) as launcher:
        wait_until_it_answers(launcher)
        yield launcher
        pids = family(launcher.process.pid)
        launcher.process.send_signal(signal.SIGHUP)
        assert launcher.process.wait(30) == 0
        assert_nobody_is_left(pids)


def status_of(port: int, path: str) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        line.request("GET", path)
        return line.getresponse().status
    finally:
        line.close()


def test_every_server_says_that_it_is_well(running: Launcher) -> None:
    for port in (running.ports.web, running.ports.guard, running.ports.sandbox):
        assert status_of(port, "/healthz") == 200
    assert f"http://localhost:{running.ports.web}/" in running.output


def test_the_terminal_names_the_page_of_the_demo_sign_ins(running: Launcher) -> None:
    assert f"http://localhost:{running.ports.web}{DEMO_PAGE}" in running.output
    assert status_of(running.ports.web, DEMO_PAGE) == 200


def test_worker_and_beat_run(running: Launcher) -> None:
    commands = " | ".join(running.children())
    assert "celery -A config worker" in commands
    assert "celery -A config beat" in commands


def test_no_process_knows_the_owners_address(running: Launcher) -> None:
    for pid in family(running.process.pid):
        environment = Path("/proc", str(pid), "environ").read_bytes().decode()
        assert "DATABASE_OWNER_URL" not in environment
        assert OWNER not in environment


def test_only_the_house_knows_the_database(running: Launcher) -> None:
    (sandbox,) = (p for c, p in running.children().items() if "sandbox.app" in c and p)
    environment = Path("/proc", str(sandbox), "environ").read_bytes()
    assert b"DATABASE_URL" not in environment
    assert b"SECRET_KEY" not in environment


def test_a_second_launcher_on_the_same_folder_hears_a_sentence(running: Launcher) -> None:
    with launched(running.folder, Ports.free()) as second:
        assert second.process.wait(60) == 2
    assert f"Process {running.process.pid} already runs Redress" in running.output


def test_a_port_in_use_is_a_sentence(running: Launcher, tmp_path: Path) -> None:
    free, taken = Ports.free(), running.ports.web
    with launched(tmp_path, Ports(taken, free.guard, free.sandbox)) as second:
        assert second.process.wait(60) == 2
    assert re.fullmatch(rf"Port {taken} .*`PORT=\d+ script/server`\.\n", second.output)
    assert not (tmp_path / "var" / "postgres").exists()


def test_one_of_two_database_addresses_is_a_sentence(tmp_path: Path) -> None:
    address = "postgresql://redress_app@/redress"
    with launched(tmp_path, Ports.free(), DATABASE_URL=address) as launcher:
        assert launcher.process.wait(60) == 2
    assert launcher.output.startswith("Set both DATABASE_URL")
    assert launcher.output.count("\n") == 1


def test_a_house_that_is_killed_or_loses_a_process_leaves_nobody(tmp_path: Path) -> None:
    ports = Ports.free()
    with launched(tmp_path, ports) as launcher:
        wait_until_it_answers(launcher)
        pids = family(launcher.process.pid)
        assert len(pids) >= 10
        launcher.process.kill()
        launcher.process.wait()
        assert_nobody_is_left(pids)
    os.truncate(tmp_path / "terminal.txt", 0)
    with launched(tmp_path, ports) as launcher:
        wait_until_it_answers(launcher)
        assert "was killed here; cleaning up after it" in launcher.output
        pids, commands = family(launcher.process.pid), launcher.children()
        os.kill(
            next(pid for line, pid in commands.items() if "config beat" in line), signal.SIGKILL
        )
        assert launcher.process.wait(30) == 1
        assert "The process beat has ended" in launcher.output
        assert_nobody_is_left(pids)


def test_killing_the_launcher_while_it_prepares_leaves_nobody(tmp_path: Path) -> None:
    with launched(tmp_path, Ports.free()) as launcher:
        deadline = time.monotonic() + START_SECONDS
        while not any("manage.py prepare" in command for command in launcher.children()):
            assert time.monotonic() < deadline, launcher.output
            time.sleep(0.05)
        pids = family(launcher.process.pid)
        launcher.process.kill()
        launcher.process.wait()
        assert_nobody_is_left(pids)
