"""Several workers take up what the guard wrote, over real connections: each row once, each match once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from evidence.models import LedgerEntry
from measures.models import Match, MatchSighting
from measures.services.matches import MatchesResult, sweep
from tests.matching import TellingPlatform, seen_by_guard
from tests.measures.conftest import NOW, Stage

WORKERS, OUTPUTS, TIMES = 4, 12, 3


@pytest.mark.usefixtures("committed_db")
def test_workers_side_by_side_take_up_every_row_once(stage: Stage) -> None:
    case = stage.case()
    case.regimes.update(pack_version="2026.1")
    for number in range(OUTPUTS * TIMES):
        seen_by_guard(case, NOW, kind="picture", user="u_pia", sha256=f"{number % OUTPUTS:064x}")
    platform, start = TellingPlatform(NOW), Barrier(WORKERS)

    def work(_number: int) -> MatchesResult:
        start.wait()
        try:
            return sweep(platform, lambda: NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        results = list(pool.map(work, range(WORKERS)))

    assert sum(one.picked_up for one in results) == OUTPUTS
    assert sum(one.looked_up for one in results) == OUTPUTS
    assert MatchSighting.objects.count() == OUTPUTS * TIMES
    assert Match.objects.filter(state="review").count() == OUTPUTS
    assert LedgerEntry.objects.filter(event="match.found").count() == OUTPUTS
    assert LedgerEntry.objects.filter(event="match.review").count() == OUTPUTS
