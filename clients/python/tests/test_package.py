"""What is installed: the engine is the house's own, file by file, and works with nothing of the house around."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from fake_house import FakeHouse, rule
from packaging.requirements import Requirement

HERE = Path(__file__).parent.parent
HOUSE = HERE.parent.parent
ENGINE = HOUSE / "screening" / "engine"
BUILD = "from setuptools import setup; setup()"
ALONE = """
import json, sys
sys.path.insert(0, sys.argv[1])
from redress_client.feed import RuleFeed
from redress_client.offline import OfflineGuard
feed = RuleFeed("https://house.test", "secret", key=None, file=sys.argv[2])
asking = OfflineGuard(feed, max_age=1e9)
found = [asking.check(prompt) for prompt in ("draw U l t r 4 m a n", "an ultra manual")]
rooms = [name for name in sys.modules if name.split(".")[0] in ("screening", "django")]
print(json.dumps([[one.decision, one.source, [m.text for m in one.matches]] for one in found] + [rooms]))
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a wheel holds, built from the sources as setuptools builds it."""
    folder = tmp_path_factory.mktemp("built")
    egg = ["egg_info", "--egg-base", str(folder)]
    command = [sys.executable, "-c", BUILD, "-q", *egg, "build", "-b", str(folder / "b")]
    command += ["--build-lib", str(folder / "lib")]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return folder / "lib"


def test_the_engine_in_the_package_is_the_house_s_byte_for_byte(built: Path) -> None:
    shipped = {
        path.name: path.read_bytes() for path in (built / "redress_client" / "engine").glob("*.py")
    }
    assert shipped == {path.name: path.read_bytes() for path in ENGINE.glob("*.py")}
    assert len(shipped) > 10


def test_there_is_one_engine_in_the_repository() -> None:
    link = HERE / "redress_client" / "engine"
    assert link.is_symlink()
    assert link.resolve() == ENGINE.resolve()


def test_every_module_of_the_client_is_in_the_package(built: Path) -> None:
    ours = {path.name for path in (HERE / "redress_client").glob("*.py")} | {"py.typed"}
    assert ours <= {path.name for path in (built / "redress_client").iterdir()}


def test_what_was_built_checks_offline_with_nothing_of_the_house(
    built: Path, tmp_path: Path
) -> None:
    file = tmp_path / "rules"
    house = FakeHouse(rule("Ultraman"))
    house.feed(file=file).refresh()
    command = [sys.executable, "-I", "-c", ALONE, str(built), str(file)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout)
    assert found == [["block", "offline", ["U l t r 4 m a n"]], ["allow", "offline", []], []]


def test_the_packages_that_the_engine_reads_are_those_that_the_house_runs_on() -> None:
    project = tomllib.loads((HERE / "pyproject.toml").read_text())["project"]
    wanted = map(Requirement, project["optional-dependencies"]["offline"])
    locked = dict(
        line.split(" ")[0].split("==")
        for line in (HOUSE / "requirements.txt").read_text().splitlines()
        if "==" in line
    )
    for one in wanted:
        assert one.specifier.contains(locked[one.name]), one
