"""Set-up does what is missing, or says in one sentence what somebody else must do."""

import os
import stat
from pathlib import Path

import pytest

from launch import apt, setup
from launch.errors import Refusal


@pytest.fixture(autouse=True)
def fake_apt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An apt-get that writes down what it is asked; it succeeds unless `fails` exists."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "apt-get"
    script.write_text(
        f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\necho some words\nexec test ! -e {tmp_path}/fails\n'
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return tmp_path


@pytest.fixture
def nothing_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apt, "LIBRARIES", {"libnothing-1-0": "libnothing-1.so.0"})


def user(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: number)


@pytest.mark.usefixtures("nothing_there")
def test_a_plain_user_gets_one_sentence_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user(monkeypatch, 1000)
    monkeypatch.setattr(setup, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    with pytest.raises(Refusal, match=r"^Redress needs the system packages libnothing-1-0: .*\.$"):
        setup.set_up(lambda _sentence: None)
    assert Refusal.status == 2
    assert not (tmp_path / ".venv").exists()
    assert not (tmp_path / "var").exists()
    assert not (tmp_path / "asked").exists()


@pytest.mark.usefixtures("nothing_there")
def test_the_sentence_names_what_the_tests_need_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    user(monkeypatch, 1000)
    monkeypatch.setattr(apt, "TEST_LIBRARIES", {"libnone2": "libnone.so.2"})
    monkeypatch.setattr(apt, "PROGRAMS", {"nothing-tools": "no-such-program"})
    monkeypatch.setattr(apt, "TEST_FILES", {"libnowhere": "/usr/lib/*/no-such-file.so"})
    with pytest.raises(Refusal, match="libnothing-1-0 libnone2 nothing-tools libnowhere"):
        apt.ensure_packages(lambda _sentence: None, for_tests=True)


@pytest.mark.usefixtures("nothing_there")
def test_root_has_the_missing_packages_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: list[str]
) -> None:
    user(monkeypatch, 0)
    with pytest.raises(Refusal, match="cannot be found afterwards"):
        apt.ensure_packages(said.append)
    assert (tmp_path / "asked").read_text().splitlines() == [
        "update --quiet=2",
        "install --yes --no-install-recommends libnothing-1-0",
    ]
    assert said == ["Installing the system packages libnothing-1-0"]


@pytest.mark.usefixtures("nothing_there")
def test_an_installation_that_fails_ends_in_its_own_last_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user(monkeypatch, 0)
    (tmp_path / "fails").touch()
    with pytest.raises(Refusal, match="some words"):
        apt.ensure_packages(lambda _sentence: None)


def test_what_is_there_is_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: list[str]
) -> None:
    monkeypatch.setattr(apt, "LIBRARIES", {"libc6": "libc.so.6"})
    monkeypatch.setattr(apt, "TEST_LIBRARIES", {"libm6": "libm.so.6"})
    monkeypatch.setattr(apt, "PROGRAMS", {"coreutils": "true"})
    monkeypatch.setattr(apt, "TEST_FILES", {"base-files": "/etc/os-*"})
    apt.ensure_packages(said.append, for_tests=True)
    assert said == []


def test_packages_are_installed_once_for_each_lock_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = tmp_path / "requirements.txt"
    lock.write_text("one==1 \\\n    --hash=sha256:00\n")
    monkeypatch.setattr(setup, "RUN_LOCK", lock)
    monkeypatch.setattr(setup, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "_usable", lambda: True)
    monkeypatch.setattr(setup, "PYTHON", Path("/bin/echo"))  # stands for the installer
    monkeypatch.setattr(apt, "LIBRARIES", {})
    told: list[str] = []
    setup.set_up(told.append)
    setup.set_up(told.append)
    assert told == ["Installing 1 Python packages from requirements.txt"]
    lock.write_text("one==2 \\\n    --hash=sha256:00\n")
    setup.set_up(told.append)
    assert len(told) == 2


def test_an_installer_that_fails_leaves_no_mark_of_success(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = tmp_path / "requirements.txt"
    lock.write_text("one==1\n")
    monkeypatch.setattr(setup, "RUN_LOCK", lock)
    monkeypatch.setattr(setup, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "_usable", lambda: True)
    monkeypatch.setattr(setup, "PYTHON", Path("/bin/false"))
    monkeypatch.setattr(apt, "LIBRARIES", {})
    with pytest.raises(Refusal, match="pip could not install"):
        setup.set_up(lambda _sentence: None)
    assert not (tmp_path / "stamp").exists()
