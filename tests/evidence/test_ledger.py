"""Appending to the ledger and erasing from it, on PostgreSQL as redress_app."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction

from common.errors import Conflict
from common.transactions import NotInTransaction
from evidence import ledger, selectors
from evidence.chain import GENESIS, BadFact, Chain, Fact, verify_chain
from evidence.events import UnknownEvent
from evidence.models import LedgerEntry, LedgerPayload
from tests.evidence.conftest import AT, TARA

ODD: dict[str, Fact] = {
    "\U0001f600": [1, True, None, {"b": "\u2028", "a": 'quo"te\\ \x7f \x1f'}],
    "\ufb33": -(2**53) + 1,
    "文": "举报通知",
}


def verdict(chain: Chain) -> object:
    return verify_chain(selectors.hashed(entry) for entry in selectors.entries(chain))


@pytest.mark.django_db
def test_entries_follow_each_other_and_the_chain_is_valid(chain: Chain) -> None:
    first = ledger.append(chain, "notice.filed", actor=TARA, at=AT, facts=ODD)
    second = ledger.append(chain, "case.claimed", actor=TARA, at=AT + timedelta(hours=9))
    assert (first.sequence, first.previous) == (1, GENESIS)
    assert (second.sequence, second.previous) == (2, first.hash)
    assert verdict(chain) is None
    assert list(selectors.entries(chain)) == [first, second]


@pytest.mark.django_db
def test_what_is_returned_is_what_is_stored(chain: Chain) -> None:
    made = ledger.append(chain, "notice.filed", actor=TARA, at=AT, facts=ODD, payload=b"Dear all")
    stored = LedgerEntry.objects.get(id=made.id)
    fields = [field.attname for field in LedgerEntry._meta.concrete_fields]
    assert {f: getattr(made, f) for f in fields} == {f: getattr(stored, f) for f in fields}


@pytest.mark.django_db
def test_chains_do_not_touch_each_other(chain: Chain) -> None:
    ledger.append(chain, "notice.filed", actor=TARA, at=AT)
    for kind in ("rule", "pack", "calendar", "person"):
        assert ledger.append(Chain(kind, chain.id), "rule.created", actor=TARA, at=AT).sequence == 1
    assert verdict(chain) is None


@pytest.mark.django_db
def test_an_unknown_event_a_bad_fact_and_a_zoneless_time_are_refused(chain: Chain) -> None:
    with pytest.raises(UnknownEvent):
        ledger.append(chain, "notice.lost", actor=TARA, at=AT)
    with pytest.raises(BadFact):
        ledger.append(chain, "notice.filed", actor=TARA, at=AT, facts={"x": 0.5})  # type: ignore[dict-item]
    with pytest.raises(ValueError, match="zone"):
        ledger.append(chain, "notice.filed", actor=TARA, at=datetime(2026, 1, 1))  # noqa: DTZ001
    assert not selectors.entries(chain).exists()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_appended_outside_a_transaction(chain: Chain) -> None:
    with pytest.raises(NotInTransaction):
        ledger.append(chain, "notice.filed", actor=TARA, at=AT)


@pytest.mark.django_db
def test_an_erased_payload_leaves_the_chain_valid_and_says_so(chain: Chain) -> None:
    entry = ledger.append(chain, "notice.filed", actor=TARA, at=AT, payload="张三".encode())
    bare = ledger.append(chain, "case.claimed", actor=TARA, at=AT)
    assert selectors.payload(entry) == "张三".encode()
    assert selectors.payload(bare) is None
    erasure = ledger.erase(entry, rule="retention.cn.3-years", actor=TARA, at=AT)
    assert selectors.payload(entry) == selectors.Erased(AT, "retention.cn.3-years")
    assert (erasure.event, erasure.facts["sequence"]) == ("payload.erased", 1)
    assert verdict(chain) is None
    row = LedgerPayload.objects.get(entry=entry)
    assert (row.body, row.salt) == (None, None)


@pytest.mark.django_db
def test_a_payload_is_erased_once_and_under_a_named_rule(chain: Chain) -> None:
    entry = ledger.append(chain, "notice.filed", actor=TARA, at=AT, payload=b"text")
    with pytest.raises(ValueError, match="rule"):
        ledger.erase(entry, rule="", actor=TARA, at=AT)
    ledger.erase(entry, rule="r", actor=TARA, at=AT)
    with pytest.raises(Conflict):
        ledger.erase(entry, rule="r", actor=TARA, at=AT)


@pytest.mark.django_db
def test_the_same_payload_twice_has_two_hashes(chain: Chain) -> None:
    hashes = {
        ledger.append(chain, "notice.filed", actor=TARA, at=AT, payload=b"same").payload_sha256
        for _ in range(2)
    }
    assert len(hashes) == 2


def test_four_writers_on_one_chain_leave_no_gap(committed_db: None, chain: Chain) -> None:
    writers, rounds = 4, 25
    started = threading.Barrier(writers)

    def write() -> None:
        started.wait(timeout=30)
        with closing(connection):
            for _ in range(rounds):
                with transaction.atomic():
                    ledger.append(chain, "case.claimed", actor=TARA, at=AT)

    with ThreadPoolExecutor(writers) as pool:
        for done in [pool.submit(write) for _ in range(writers)]:
            done.result(timeout=60)
    assert selectors.entries(chain).count() == writers * rounds
    assert verdict(chain) is None


def test_what_is_rolled_back_leaves_no_gap(committed_db: None, chain: Chain) -> None:
    def fail() -> None:
        with transaction.atomic():
            ledger.append(chain, "case.claimed", actor=TARA, at=AT)
            raise RuntimeError

    with transaction.atomic():
        ledger.append(chain, "notice.filed", actor=TARA, at=AT)
    with pytest.raises(RuntimeError):
        fail()
    with transaction.atomic():
        assert ledger.append(chain, "case.claimed", actor=TARA, at=AT).sequence == 2
    assert verdict(chain) is None
