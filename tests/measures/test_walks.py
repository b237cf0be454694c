"""Whatever people, platforms and clocks do to a measure, it stays inside its table."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from common.errors import RedressError
from evidence.models import LedgerEntry
from measures.models import FAMILY_MODELS, Measure
from measures.rules import Family
from measures.services import approve, progress_ticket, refuse, retry
from measures.services.orders import Order
from measures.services.sweep import sweep
from notices.models import Case
from platforms.contract import PlatformError, TargetNotFound
from tests.measures.conftest import NOW, Stage, declared
from tests.properties import tried

TERMS = {"terms": [{"text": "Fox Spirit", "language": "en"}], "probes": []}
KINDS = {"content_removal": "output", "model_takedown": "model", "model_optimisation": "model"}
ERRORS = {
    "outage": PlatformError("outage", permanent=False),
    "refusal": PlatformError("refused", permanent=True),
    "unknown": TargetNotFound("unknown"),
}
Action = Callable[[Stage, Measure, datetime], Any]
ACTIONS: dict[str, Action] = {
    "execute": lambda stage, measure, at: stage.execute(measure, at),
    "lift": lambda stage, measure, at: stage.lift(measure, at),
    "approve": lambda stage, measure, at: approve(measure.id, user=stage.dan, now=at),
    "refuse": lambda stage, measure, at: refuse(measure.id, "No.", user=stage.dan, now=at),
    "retry": lambda stage, measure, at: retry(measure.id, user=stage.lea, now=at),
    "release": lambda stage, measure, at: stage.release(measure, at=at),
    "done": lambda stage, measure, at: progress_ticket(
        measure.id, "done", "Note.", user=stage.eno, now=at
    ),
    "give_up": lambda stage, measure, at: progress_ticket(
        measure.id, "not_possible", "Note.", user=stage.eno, now=at
    ),
    "join": lambda stage, measure, at: join(stage, measure),
    "sweep": lambda stage, measure, at: sweep(at),
}
STEPS = st.tuples(
    st.sampled_from(sorted(ACTIONS)),
    st.sampled_from(["", "", *ERRORS]),
    st.sampled_from([timedelta(seconds=5), timedelta(seconds=40), timedelta(days=1)]),
)


def target(measure: Measure) -> dict[str, Any]:
    return {
        "artefact": measure.artefact,
        "platform_user": measure.platform_user,
        "level": measure.level,
        "parameters": measure.parameters,
    }


def join(stage: Stage, measure: Measure) -> None:
    case = stage.case()
    item = stage.item(case, stage.artefact()) if measure.platform_user else None
    stage.impose(case, Order(measure.family, item, **target(measure)))


def order_of(family: str, stage: Stage, case: Case) -> Order:
    if family in KINDS:
        return Order(family, artefact=stage.artefact(KINDS[family]), parameters=TERMS)
    if family == Family.USER_SANCTION:
        level = ("warn", "suspend")[next(stage.numbers) % 2]
        until = NOW + timedelta(days=2)
        item = stage.item(case, stage.artefact())
        return Order(family, item, platform_user=stage.paul, level=level, expires_at=until)
    return Order(family, parameters=TERMS, expires_at=NOW + timedelta(days=1))


@pytest.mark.parametrize("family", Family.values)
@tried(25)
@given(steps=st.lists(STEPS, min_size=3, max_size=14))
def test_a_random_walk_stays_inside_the_table_and_the_ledger_replays_to_the_row(
    stage: Stage, family: str, steps: list[tuple[str, str, timedelta]]
) -> None:
    point = transaction.savepoint()
    try:
        case = stage.case()
        [measure] = stage.impose(case, order_of(family, stage, case))
        walk(stage, measure, steps)
        check_every_chain(measure)
    finally:
        transaction.savepoint_rollback(point)


def walk(stage: Stage, measure: Measure, steps: list[tuple[str, str, timedelta]]) -> None:
    """Each step is something anybody may try at any time; being refused is part of life."""
    at = NOW
    for name, error, pause in steps:
        at += pause
        stage.client.errors = [ERRORS[error]] if error else []
        try:
            with transaction.atomic():
                ACTIONS[name](stage, measure, at)
        except RedressError:
            continue


def check_every_chain(measure: Measure) -> None:
    """In each case's chain the measure goes only where the table lets it; the last word is the row's."""
    machine = FAMILY_MODELS[measure.family].machine
    stored = Measure.objects.get(id=measure.id).state
    entries = LedgerEntry.objects.filter(facts__measure=str(measure.id)).order_by("sequence")
    last_words = set()
    for case_id in set(measure.grounds.values_list("case_id", flat=True)):
        told = [entry.facts["state"] for entry in entries.filter(chain_id=case_id)]
        for source, reached in pairwise(told):
            assert source == reached or (machine, source, reached) in declared()
        last_words.add(told[-1])
        if measure.grounds.filter(case_id=case_id, ended_at=None).exists():
            assert told[-1] == stored
    assert stored in last_words
