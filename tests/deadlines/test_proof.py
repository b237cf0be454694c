"""The proofs of the sweep, small. Full size: `script/proof sweeps` and `script/proof races`."""

import os
from pathlib import Path

import pytest

from launch.valkey import Broker
from tests.proofs.races import RACES
from tests.proofs.rounds import environment
from tests.proofs.sweeps import SWEEPS

SIZE, ROUNDS = 60, 10

pytestmark = [pytest.mark.worker, pytest.mark.usefixtures("committed_db")]


def told(broker: Broker, folder: Path) -> dict[str, str]:
    return environment(os.environ["DATABASE_URL"], broker.url, str(folder))


def test_each_clock_fires_once_whatever_befalls_the_sweepers(tmp_path: Path) -> None:
    broker = Broker(tmp_path, say=lambda _sentence: None)
    outcome = SWEEPS.run(SIZE, told(broker, tmp_path))
    assert outcome["ok"], outcome["counts"]
    for name in ("killed", "wrong clocks", "broker lost"):
        assert outcome["counts"][f"{name}: fired once"] == SIZE
    assert outcome["counts"]["wrong clocks: seconds ahead"] >= 3599


def test_a_person_and_the_sweep_at_the_same_moment_have_one_winner(tmp_path: Path) -> None:
    with Broker(tmp_path, say=lambda _sentence: None) as broker:
        outcome = RACES.run(ROUNDS, told(broker, tmp_path))
    assert outcome["ok"], outcome["counts"]
