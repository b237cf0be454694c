"""The proof of webhooks, small: the real worker, killed. Full size: `script/proof webhooks`."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from launch.valkey import Broker
from tests.proofs.rounds import environment
from tests.proofs.webhooks import WEBHOOKS

SIZE = 90


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    with Broker(tmp_path, say=lambda _sentence: None) as running:
        yield running


@pytest.mark.worker
@pytest.mark.usefixtures("committed_db")
def test_no_event_is_lost_when_the_worker_is_killed_and_each_case_keeps_its_order(
    broker: Broker, tmp_path: Path
) -> None:
    told = environment(os.environ["DATABASE_URL"], broker.url, str(tmp_path))
    outcome = WEBHOOKS.run(SIZE, told)
    assert outcome["ok"], outcome["counts"]
    assert outcome["counts"]["kills"] == SIZE // 30
    assert outcome["counts"]["arrivals"] > outcome["counts"]["deliveries owed"]
