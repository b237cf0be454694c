"""`manage.py verify_ledger` finds what somebody with the owner's password did."""

from contextlib import suppress
from io import StringIO
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from evidence import ledger
from evidence.chain import Chain
from tests.evidence.conftest import AT, TARA


@pytest.fixture
def written(committed_db: None, chain: Chain) -> Chain:
    """Three entries, the second with a payload; and another chain beside."""
    with transaction.atomic():
        ledger.append(chain, "notice.filed", actor=TARA, at=AT)
        ledger.append(chain, "case.claimed", actor=TARA, at=AT, payload=b"text")
        ledger.append(chain, "case.released", actor=TARA, at=AT)
        ledger.append(Chain("rule", chain.id), "rule.created", actor=TARA, at=AT)
    return chain


def verified() -> tuple[str, str]:
    """What the command says when all is well, and the first broken place when not."""
    out, err = StringIO(), StringIO()
    with suppress(CommandError):
        call_command("verify_ledger", stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_a_whole_ledger_is_valid(written: Chain) -> None:
    assert verified() == ("valid: 2 chains, 4 entries\n", "")


@pytest.mark.parametrize(
    ("table", "change", "told"),
    [
        ("entry", "UPDATE {} SET actor = 'x' WHERE sequence = 2", "entry 2: its content"),
        ("entry", "UPDATE {} SET facts = '{{}}', at = now() WHERE sequence = 3", "entry 3"),
        ("payload", "UPDATE {} SET body = 'other'", "its payload is not the one"),
        ("payload", "DELETE FROM {}", "its payload is missing"),
    ],
)
def test_what_the_owner_changed_is_named(
    written: Chain,
    owner_connection: "psycopg.Connection[Any]",
    table: str,
    change: str,
    told: str,
) -> None:
    name = f"evidence_ledger{table}"
    owner_connection.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
    owner_connection.execute(change.format(name))
    owner_connection.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
    out, err = verified()
    assert out == ""
    assert told in err
    with pytest.raises(CommandError) as ended:
        call_command("verify_ledger", stderr=StringIO())
    assert ended.value.returncode == 1
    assert str(written.id) in err
    assert "rule/" not in err


def test_an_erased_payload_is_well(written: Chain) -> None:
    with transaction.atomic():
        entry = ledger.append(written, "case.claimed", actor=TARA, at=AT, payload=b"text")
        ledger.erase(entry, rule="r", actor=TARA, at=AT)
    assert verified() == ("valid: 2 chains, 6 entries\n", "")
