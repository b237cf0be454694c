"""One statement that appends to many chains writes what appending one by one writes."""

import random
import uuid
from collections.abc import Callable
from itertools import count

import pytest
from django.db import DatabaseError, connection, transaction

from common.transactions import NotInTransaction
from evidence import ledger
from evidence.audit import broken_chains
from evidence.chain import BadFact, Facts, case_chain
from evidence.events import UnknownEvent
from evidence.models import LedgerEntry
from tests.evidence.conftest import AT, TARA
from tests.evidence.test_ledger import ODD

EVENT = "deadline.breached"
Told = list[tuple[uuid.UUID, Facts]]


class Undo(Exception):
    """Takes back what was tried."""


def some_facts(size: int) -> Told:
    """Facts of every sort, for cases of which some are named several times and some have entries already."""
    dice = random.Random(20261123)
    cases = [uuid.UUID(int=dice.getrandbits(128)) for _ in range(size // 2)]
    for case_id in cases[::2]:
        ledger.append(case_chain(case_id), "notice.filed", actor=TARA, at=AT, facts=ODD)
    return [
        (dice.choice(cases), {**ODD, "number": number, "empty": {}, "regime": None})
        for number in range(size)
    ]


def one_by_one(told: Told) -> None:
    for case_id, facts in told:
        ledger.append(case_chain(case_id), EVENT, actor=TARA, at=AT, facts=facts)


def at_once(told: Told) -> None:
    ledger.append_to_cases(EVENT, told, actor=TARA, at=AT)


def what_is_written_by(
    way: Callable[[Told], None], told: Told, patch: pytest.MonkeyPatch
) -> list[dict[str, object]]:
    """Every entry, whole, when this way of appending is taken and ids are counted up; then undone."""
    numbers = count(1)
    patch.setattr(ledger.uuid, "uuid4", lambda: uuid.UUID(int=next(numbers)))
    found: list[dict[str, object]] = []
    try:
        with transaction.atomic():
            way(told)
            found = list(LedgerEntry.objects.order_by("chain_id", "sequence").values())
            assert list(broken_chains()) == []
            raise Undo
    except Undo:
        return found


@pytest.mark.django_db
def test_it_is_the_same_to_the_last_hash_as_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    told = some_facts(60)

    singly = what_is_written_by(one_by_one, told, monkeypatch)
    together = what_is_written_by(at_once, told, monkeypatch)

    assert len(together) == 60 + 15
    assert max(entry["sequence"] for entry in together) > 3
    assert together == singly


@pytest.mark.django_db
def test_it_takes_two_statements_however_many(
    django_assert_num_queries: Callable[[int], object],
) -> None:
    for size in (5, 50):
        told: Told = [(uuid.uuid4(), {"number": number}) for number in range(size)]
        with django_assert_num_queries(2):  # type: ignore[attr-defined]
            at_once(told)
    assert LedgerEntry.objects.filter(event=EVENT).count() == 55
    at_once([])
    assert LedgerEntry.objects.count() == 55


@pytest.mark.django_db
def test_an_unknown_event_and_a_bad_fact_are_refused_before_anything_is_written() -> None:
    with pytest.raises(UnknownEvent):
        ledger.append_to_cases("notice.lost", [(uuid.uuid4(), {})], actor=TARA, at=AT)
    with pytest.raises(BadFact):
        at_once([(uuid.uuid4(), {}), (uuid.uuid4(), {"share": 0.5})])  # type: ignore[dict-item]
    assert not LedgerEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_is_refused() -> None:
    with pytest.raises(NotInTransaction):
        at_once([(uuid.uuid4(), {})])


@pytest.mark.django_db
def test_the_trigger_watches_these_entries_too() -> None:
    """A forged middle entry: the trigger, and not the function, is what refuses it."""
    case_id = uuid.uuid4()
    at_once([(case_id, {}), (case_id, {})])
    with (
        pytest.raises(DatabaseError, match="the next entry of this chain is 3"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO evidence_ledgerentry SELECT gen_random_uuid(), chain_kind, chain_id,"
            " sequence + 5, at, actor, event, facts, payload_sha256, hash, hash"
            " FROM evidence_ledgerentry WHERE sequence = 2"
        )
