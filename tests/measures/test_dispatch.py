"""The proof of dispatch, small: the real worker, killed at four points or answered late. Full size: `script/proof dispatch`."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from launch.valkey import Broker
from tests.proofs.dispatch import SEED, environment, run

SIZE = 12
# A little longer than the platform client's own limit, so that the test need not wait for long.
LEASE = {"MEASURE_LEASE_SECONDS": "11"}


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    with Broker(tmp_path, say=lambda _sentence: None) as running:
        yield running


@pytest.mark.worker
@pytest.mark.usefixtures("committed_db")
def test_measures_of_a_killed_worker_take_effect_exactly_once(
    broker: Broker, tmp_path: Path
) -> None:
    told = environment(os.environ["DATABASE_URL"], broker.url, str(tmp_path))
    outcome = run(SIZE, SEED, told | LEASE)
    assert outcome["ok"], outcome["counts"]
    assert outcome["counts"]["effects"] == SIZE
    assert outcome["counts"]["repeated requests"] >= SIZE * 3 // 4
