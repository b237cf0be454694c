"""Several workers test at once, over real connections: no round is made twice, none is left out."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from evidence.models import LedgerEntry
from measures.checks import SOON
from measures.models import Measure, MeasureCheck
from measures.services.verify import VerifyResult, verify
from tests.measures.conftest import NOW, Stage
from tests.measures.liar import Liar, lying

WORKERS, MEASURES = 4, 24


@pytest.fixture
def liar() -> Iterator[Liar]:
    with lying(state="removed", page=410) as server:
        yield server


@pytest.mark.usefixtures("committed_db")
def test_workers_side_by_side_make_every_round_exactly_once(stage: Stage, liar: Liar) -> None:
    case = stage.case()
    measures = [stage.execute(stage.removal(case)) for _ in range(MEASURES)]
    start = Barrier(WORKERS)

    def work(_number: int) -> VerifyResult:
        start.wait()
        try:
            return verify(liar.eyes(), lambda: NOW + SOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        results = list(pool.map(work, range(WORKERS)))

    assert sum(one.tested for one in results) == MEASURES
    made = Counter(MeasureCheck.objects.values_list("measure_id", flat=True))
    assert made == {measure.id: 1 for measure in measures}
    asked = Counter(path for _, path, _ in liar.asked)
    assert set(asked.values()) == {1}
    assert LedgerEntry.objects.filter(event="measure.verified").count() == MEASURES
    assert Measure.objects.filter(verified_at=NOW + SOON).count() == MEASURES
