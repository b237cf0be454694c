"""The file of a rule feed: there after a restart, whole or not at all, and never taken when it is damaged."""

import json
import math
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fake_house import FakeHouse, public, rule

from redress_client.errors import DamagedFeed
from redress_client.feed import RuleFeed


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "rules"


@pytest.fixture
def house(file: Path) -> FakeHouse:
    """A house whose two rules were kept in the file, and confirmed once more."""
    made = FakeHouse(rule("Fox"), rule("Owl"))
    feed = made.feed(file=file)
    feed.refresh()
    feed.refresh()
    made.asked.clear()
    made.statuses.clear()
    return made


def note(file: Path) -> Path:
    return file.with_name("rules.confirmed")


def confirmed(file: Path, ago: timedelta, **more: Any) -> None:
    """As if the house had last confirmed the copy so long ago."""
    told = json.loads(note(file).read_text())
    note(file).write_text(json.dumps(told | {"at": (datetime.now(UTC) - ago).isoformat()} | more))


def test_a_restart_goes_on_where_the_last_process_was(house: FakeHouse, file: Path) -> None:
    feed = house.feed(file=file)
    assert (feed.version, len(feed.held.rules if feed.held else ())) == (2, 2)
    assert not feed.refresh()
    assert house.statuses == [304]
    house.begin(rule("Elk"))
    assert house.feed(file=file).refresh()
    assert house.asked[-1].url.params["since"] == "2"
    assert house.feed(file=file).version == 3


def test_the_age_counts_from_the_last_word_of_the_house(house: FakeHouse, file: Path) -> None:
    assert house.feed(file=file).age() < 60
    confirmed(file, timedelta(minutes=5))
    assert 299 < house.feed(file=file).age() < 360
    feed = house.feed(file=file)
    feed.refresh()
    assert feed.age() < 60
    assert house.feed(file=file).age() < 60


def test_a_time_that_lies_ahead_or_is_of_another_copy_makes_nothing_younger(
    house: FakeHouse, file: Path
) -> None:
    confirmed(file, -timedelta(hours=1))
    assert house.feed(file=file).age() == math.inf
    old = house.feed(file=file)
    assert old.held is not None
    confirmed(file, timedelta(0), version=1)
    written = json.loads(file.read_bytes().partition(b"\n")[2])["confirmed"]
    again = house.feed(file=file).held
    assert again is not None
    assert again.confirmed.at.isoformat() == written
    assert again.etag == ""
    for broken in ("", "[]", '{"version": 2, "at": 7}'):
        note(file).write_text(broken)
        assert house.feed(file=file).version == 2


@pytest.mark.parametrize("harm", ["cut", "changed", "emptied", "other"])
def test_a_damaged_file_is_refused_with_what_to_do(house: FakeHouse, file: Path, harm: str) -> None:
    content = file.read_bytes()
    harmed = {
        "cut": content[:-10],
        "changed": content.replace(b"Fox", b"Fix"),
        "emptied": b"",
        "other": b"hello\nworld",
    }
    file.write_bytes(harmed[harm])
    with pytest.raises(DamagedFeed, match=r"rules is no copy of this feed.*Remove it"):
        house.feed(file=file)
    file.unlink()
    feed = house.feed(file=file)
    feed.refresh()
    assert (feed.version, house.asked[-1].url.params["since"]) == (2, "0")


def test_a_file_of_another_house_or_key_is_refused(house: FakeHouse, file: Path) -> None:
    with pytest.raises(DamagedFeed, match=r"https://house\.test"):
        RuleFeed("https://other.test", "secret", key=house.key, file=file, transport=house)
    with pytest.raises(DamagedFeed, match="another key"):
        house.feed(file=file, key=public(Ed25519PrivateKey.generate()))


def test_a_crash_while_writing_leaves_the_copy_as_it_was(
    house: FakeHouse, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = file.read_bytes()
    house.begin(rule("Elk"))
    feed = house.feed(file=file)

    def crash(_number: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", crash)
    assert feed.refresh()
    assert feed.version == 3  # held, though it could not be kept
    assert file.read_bytes() == before
    assert {one.name for one in file.parent.iterdir()} == {"rules", "rules.confirmed"}


def test_nobody_else_may_read_it(house: FakeHouse, file: Path) -> None:
    assert {one.stat().st_mode & 0o077 for one in (file, note(file))} == {0}


def test_a_house_that_is_away_at_the_start_is_no_reason_to_stop(
    house: FakeHouse, file: Path
) -> None:
    house.instead = [httpx.ConnectError("refused")]
    with house.feed(file=file).follow(every=60) as feed:
        assert feed.version == 2
