"""What is started, where it answers, and what is left to others."""

from pathlib import Path

import pytest

from launch.environment import Environment
from launch.ports import Ports
from launch.services import services
from tests.docker.known import command_problems


def names(folder: Path, **given: str) -> set[str]:
    return {service.name for service in services(Environment(folder, Ports(), given), {})}


def test_everything_is_started_unless_it_runs_elsewhere(tmp_path: Path) -> None:
    everything = {"web", "guard", "sandbox", "worker", "papers", "webhooks", "beat"}
    assert names(tmp_path) == everything
    assert names(tmp_path, GUARD_URL="http://guard") == everything - {"guard"}
    assert names(tmp_path, PLATFORM_URL="http://platform") == everything - {"sandbox"}


def test_every_command_exists(tmp_path: Path) -> None:
    for service in services(Environment(tmp_path, Ports(), {}), {}):
        program, *words = service.command
        assert command_problems([Path(program).name, *words]) == [], service.name


@pytest.mark.parametrize(("name", "port"), [("web", 1), ("guard", 2), ("sandbox", 3)])
def test_each_server_listens_at_its_own_port_and_on_this_machine_only(
    tmp_path: Path, name: str, port: int
) -> None:
    by_name = {s.name: s for s in services(Environment(tmp_path, Ports(1, 2, 3), {}), {})}
    door = by_name[name].door
    assert door is not None
    assert door.port == port
    assert f"127.0.0.1:{port}" in by_name[name].command
