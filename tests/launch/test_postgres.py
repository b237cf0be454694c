"""The embedded PostgreSQL: quick, private, and forgiving of a killed predecessor."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from launch.errors import Refusal
from launch.postgres import OWNER, SUPERUSER, Cluster
from launch.process import living_in
from launch.sockets import claim

Query = Callable[..., list[tuple[object, ...]]]


def test_what_was_committed_is_there_at_the_next_start(tmp_path: Path, query: Query) -> None:
    with Cluster(tmp_path) as first:
        query(first.url(OWNER), "CREATE TABLE kept AS SELECT 1 AS one")
    with Cluster(tmp_path) as second:
        assert query(second.url(), "SELECT one FROM kept") == [(1,)]


def test_a_warm_start_takes_less_than_half_a_second(tmp_path: Path) -> None:
    with Cluster(tmp_path):
        pass
    durations = []
    for _ in range(3):
        begin = time.monotonic()
        with Cluster(tmp_path):
            durations.append(time.monotonic() - begin)
    assert min(durations) < 0.5


def test_it_listens_on_no_network_address(cluster: Cluster, query: Query) -> None:
    assert query(cluster.url(), "SHOW listen_addresses") == [("",)]
    assert cluster.sockets.stat().st_mode & 0o777 == 0o700


def test_a_killed_server_comes_back_and_says_so(
    tmp_path: Path, query: Query, said: list[str]
) -> None:
    first = Cluster(tmp_path)
    first.start()
    query(first.url(OWNER), "CREATE TABLE kept AS SELECT 1 AS one")
    assert first.child is not None
    os.kill(first.child.popen.pid, signal.SIGKILL)
    first.child.popen.wait()
    with Cluster(tmp_path, say=said.append) as second:
        assert query(second.url(), "SELECT one FROM kept") == [(1,)]
    assert any("killed" in sentence for sentence in said)


def test_a_server_that_a_killed_launcher_left_running_is_ended(
    tmp_path: Path, said: list[str]
) -> None:
    forgotten = Cluster(tmp_path)
    forgotten.start()
    with Cluster(tmp_path, say=said.append):
        assert forgotten.child is not None
        assert not forgotten.child.alive
    assert said == ["Ended the PostgreSQL that a killed predecessor had left running."]
    assert living_in(tmp_path / "postgres") == []


def test_a_lock_file_whose_number_now_belongs_to_another_process_does_not_stop_it(
    tmp_path: Path, said: list[str]
) -> None:
    with Cluster(tmp_path):
        pass
    lock = tmp_path / "postgres" / "postmaster.pid"
    lock.write_text(f"{os.getpid()}\n{tmp_path / 'postgres'}\n")
    with Cluster(tmp_path, say=said.append) as cluster:
        assert cluster.sql("SELECT 1") == "1"
    assert len(said) == 1


def test_a_killed_set_up_leaves_nothing_that_looks_like_a_database(tmp_path: Path) -> None:
    half = tmp_path / "postgres.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    with Cluster(tmp_path) as cluster:
        assert cluster.sql("SELECT 1") == "1"
    assert not half.exists()


def test_a_path_too_long_for_a_socket_gets_a_private_folder_elsewhere(tmp_path: Path) -> None:
    deep = tmp_path / ("long" * 30)
    with Cluster(deep) as cluster:
        assert not cluster.sockets.is_relative_to(deep)
        assert cluster.sockets.stat().st_mode & 0o777 == 0o700
        assert cluster.sql("SELECT 1") == "1"
    cluster.sockets.rmdir()


def test_a_socket_folder_that_somebody_else_laid_there_is_refused(tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    trap.symlink_to(tmp_path)
    with pytest.raises(Refusal, match="belongs to somebody else"):
        claim(trap, None)  # type: ignore[arg-type]


def test_the_clients_of_another_server_are_not_led_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", "1")
    monkeypatch.setenv("PGHOST", "/nowhere")
    with Cluster(tmp_path) as cluster:
        assert cluster.sql("SELECT current_user") == SUPERUSER


def test_a_setting_it_cannot_start_with_ends_in_its_own_last_words(tmp_path: Path) -> None:
    with (
        pytest.raises(Refusal, match="shared_buffers"),
        Cluster(tmp_path, settings={"shared_buffers": "nonsense"}),
    ):
        pass
    assert living_in(tmp_path / "postgres") == []
