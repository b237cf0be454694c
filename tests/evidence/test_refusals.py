"""What the database refuses, seen as redress_app and, behind the triggers, as redress_owner."""

import uuid
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from evidence import ledger
from evidence.chain import Chain
from evidence.models import LedgerEntry, LedgerPayload, SealedFile, Transition
from tests.evidence.conftest import AT, TARA

TABLES = ("evidence_ledgerentry", "evidence_ledgerpayload", "evidence_sealedfile")
HASH = "a" * 64


@pytest.fixture
def entry(db: None, chain: Chain) -> LedgerEntry:
    """One entry with a payload."""
    return ledger.append(chain, "notice.filed", actor=TARA, at=AT, payload=b"text")


def refuses(statement: str, *values: object) -> str:
    """The refusal of one statement as the current role."""
    with (
        pytest.raises(DatabaseError) as told,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)
    return str(told.value)


def test_the_tests_run_as_the_role_that_owns_nothing(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("redress_app",)
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("table", TABLES)
def test_the_role_may_not_change_what_happened(entry: LedgerEntry, table: str) -> None:
    for statement in (
        f"DELETE FROM {table}",
        f"TRUNCATE {table} CASCADE",
        f"ALTER TABLE {table} DISABLE TRIGGER ALL",
        f"DROP TABLE {table} CASCADE",
    ):
        assert "permission denied" in refuses(statement) or "must be owner" in refuses(statement)
    assert "permission denied" in refuses("SET session_replication_role = replica")


def test_the_role_may_not_update_entries_or_sealed_files(entry: LedgerEntry) -> None:
    assert "permission denied" in refuses("UPDATE evidence_ledgerentry SET actor = 'x'")
    assert "permission denied" in refuses("UPDATE evidence_sealedfile SET name = 'x'")
    assert "permission denied" in refuses("UPDATE evidence_ledgerpayload SET entry_id = entry_id")


def test_even_the_owner_is_stopped_by_the_triggers(
    committed_db: None, chain: Chain, owner_connection: "psycopg.Connection[Any]"
) -> None:
    with transaction.atomic():
        ledger.append(chain, "notice.filed", actor=TARA, at=AT, payload=b"text")
        SealedFile.objects.create(sha256=HASH, size=1, media_type="x/y", name="n", sealed_at=AT)
    for statement in (
        *(f"DELETE FROM {table}" for table in TABLES),
        *(f"TRUNCATE {table} CASCADE" for table in TABLES),
        "UPDATE evidence_ledgerentry SET actor = 'x'",
        "UPDATE evidence_sealedfile SET name = 'x'",
    ):
        with pytest.raises(psycopg.errors.RestrictViolation, match="append-only"):
            owner_connection.execute(statement)


@pytest.mark.parametrize(
    "change",
    [
        "body = 'other'",
        "body = NULL",
        "body = NULL, salt = NULL",
        "body = NULL, salt = NULL, erased_at = now()",
        "erased_at = now(), erased_under = 'rule'",
        "body = NULL, erased_at = now(), erased_under = 'rule'",
    ],
)
def test_a_payload_can_only_be_erased_wholly(entry: LedgerEntry, change: str) -> None:
    assert "can only be erased" in refuses(f"UPDATE evidence_ledgerpayload SET {change}")


def test_an_erasure_cannot_be_rewritten(entry: LedgerEntry) -> None:
    ledger.erase(entry, rule="rule", actor=TARA, at=AT)
    change = "UPDATE evidence_ledgerpayload SET erased_under = 'another'"
    assert "can only be erased, once" in refuses(change)


def copy_of(entry: LedgerEntry, **changes: Any) -> LedgerEntry:
    values = {f.attname: getattr(entry, f.attname) for f in LedgerEntry._meta.concrete_fields}
    return LedgerEntry(**{**values, "id": uuid.uuid4(), "hash": HASH, **changes})


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"sequence": 3}, "the next entry of this chain is 2, not 3"),
        ({"sequence": 1}, "the next entry of this chain is 2, not 1"),
        ({"sequence": 2, "previous": HASH}, "does not follow the hash"),
        ({"chain_id": uuid.uuid4(), "sequence": 1, "previous": HASH}, "does not follow the hash"),
        ({"chain_kind": "invoice", "sequence": 1}, "ledger_chain_kind_known"),
    ],
)
def test_an_entry_out_of_place_is_refused(
    entry: LedgerEntry, changes: dict[str, Any], why: str
) -> None:
    with pytest.raises(IntegrityError, match=why), transaction.atomic():
        copy_of(entry, **changes).save(force_insert=True)


def test_a_payload_its_entry_was_not_hashed_with_is_refused(chain: Chain, db: None) -> None:
    bare = ledger.append(chain, "notice.filed", actor=TARA, at=AT)
    with pytest.raises(IntegrityError, match="not the one its entry"), transaction.atomic():
        LedgerPayload.objects.create(entry=bare, salt=b"s", body=b"b")


def test_the_role_may_read_the_table_of_transitions_and_no_more(db: None) -> None:
    assert Transition.objects.count() >= 0
    for statement in (
        "INSERT INTO evidence_transition VALUES ('m', '', 's')",
        "UPDATE evidence_transition SET target = 'x'",
        "DELETE FROM evidence_transition",
    ):
        assert "permission denied" in refuses(statement)
