"""The proofs of dispatch and of an outage, small. Full size: `script/proof dispatch` and `script/proof outage`."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from launch.valkey import Broker
from tests.proofs.dispatch import DISPATCH
from tests.proofs.outage import OUTAGE
from tests.proofs.rounds import environment

SIZE, WAITING = 6, 40
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
    outcome = DISPATCH.run(SIZE, told | LEASE)
    assert outcome["ok"], outcome["counts"]
    assert outcome["counts"]["effects"] == SIZE
    assert outcome["counts"]["repeated requests"] >= SIZE * 3 // 4


@pytest.mark.worker
@pytest.mark.usefixtures("committed_db")
def test_what_waits_for_six_hours_takes_effect_once_and_in_order(
    broker: Broker, tmp_path: Path
) -> None:
    counts = OUTAGE.run(
        WAITING, environment(os.environ["DATABASE_URL"], broker.url, str(tmp_path))
    )["counts"]
    wrong = ("lost", "doubled", "order violations", "measures whose requests differ")
    assert {name: counts[name] for name in wrong} == dict.fromkeys(wrong, 0)
    assert counts["measures whose entries in the ledger are wrong"] == 0
    assert counts["waiting at the end of the outage"] == counts["in force"] == WAITING
    assert counts["alarm_minutes"] >= 0
