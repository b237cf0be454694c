"""The arrows hold, and each contract is seen to break on a wrong import laid into a copy of the house."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import ROOMS, ROOT

WRONG = [
    ("common/wrong.py", "import users.models", "Imports run down only"),
    ("evidence/wrong.py", "import users.models", "Imports run down only"),
    ("notices/wrong.py", "import measures.models", "Imports run down only"),
    (
        "notifications/wrong.py",
        "import deadlines.models",
        "Notifications knows neither deadlines nor regimes",
    ),
    (
        "regimes/wrong.py",
        "import notifications.models",
        "Regimes knows neither deadlines nor notifications",
    ),
    (
        "deadlines/wrong.py",
        "import notifications.models",
        "Deadlines may ask regimes for a calendar and knows no notifications",
    ),
    (
        "sandbox/wrong.py",
        "import launch",
        "The sandbox and the launcher import no room and no room imports them",
    ),
    ("sandbox/wrong.py", "import common.errors", "The sandbox and the launcher import no room"),
    ("notices/wrong.py", "import sandbox", "No room imports the sandbox or the launcher"),
    (
        "notices/states.py",
        "import notices.services.lifecycle",
        "Inside a room imports run from the doors down to the states",
    ),
    (
        "screening/engine/wrong.py",
        "import django.db",
        "What is pure imports neither Django nor Celery",
    ),
    ("screening/wrong.py", "import redress_client", "No room imports a client of ours"),
]
WRONG_CLIENT = [
    ("import screening.engine", "Clients import no room"),
    (
        "import redress_client.guard",
        "Inside the client imports run from the guard down to the errors",
    ),
]


def lint(house: Path) -> str:
    """What import-linter says of a house."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=house, capture_output=True, text=True, timeout=120)
    return done.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house to lay wrong imports into."""
    house = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / ".importlinter", house)
    for room in ROOMS:
        shutil.copytree(ROOT / room, house / room, ignore=shutil.ignore_patterns("__pycache__"))
    return house


def test_the_house_keeps_every_contract(copy: Path) -> None:
    assert "0 broken" in lint(copy)


@pytest.mark.parametrize(("place", "line", "contract"), WRONG)
def test_a_wrong_import_breaks_its_contract(
    copy: Path, place: str, line: str, contract: str
) -> None:
    file = copy / place
    before = file.read_text() if file.exists() else None
    file.write_text((before or "") + f"\n{line}\n")
    try:
        assert f"{contract} BROKEN" in lint(copy)
    finally:
        file.unlink() if before is None else file.write_text(before)


@pytest.fixture
def client(tmp_path: Path) -> Path:
    """A copy of the Python client."""
    return shutil.copytree(
        ROOT / "clients" / "python", tmp_path / "python", ignore=shutil.ignore_patterns("tests")
    )


def test_the_client_keeps_every_contract(client: Path) -> None:
    assert "0 broken" in lint(client)


@pytest.mark.parametrize(("line", "contract"), WRONG_CLIENT)
def test_a_wrong_import_in_the_client_breaks_its_contract(
    client: Path, line: str, contract: str
) -> None:
    with (client / "redress_client" / "errors.py").open("a") as file:
        file.write(f"\n{line}\n")
    assert f"{contract} BROKEN" in lint(client)
