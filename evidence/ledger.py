"""Writing the ledger: append an entry, erase a payload. There is nothing else one can do to it."""

import json
import secrets
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from common.actors import Actor
from common.errors import Conflict
from common.transactions import lock, lock_all, require_transaction
from evidence.chain import Chain, Fact, Facts, canonical, case_chain, moment
from evidence.events import known
from evidence.models import LedgerEntry, LedgerPayload

__all__ = ["Chain", "append", "append_to_cases", "case_chain", "erase"]

SALT_BYTES = 32
_APPEND = "SELECT * FROM redress_ledger_append(%s, %s, %s, %s::timestamptz, %s, %s, %s, %s, %s)"
# Lists travel as one text each: quoting an array's elements costs more than the whole statement. Facts in
# their one spelling are a line each.
_APPEND_MANY = (
    "SELECT redress_ledger_append_many(%s, %s::timestamptz, %s, %s, string_to_array(%s, ',')::uuid[],"
    " string_to_array(%s, ',')::uuid[], string_to_array(%s, E'\\n'))"
)


def append(
    chain: Chain,
    event: str,
    *,
    actor: Actor,
    at: datetime,
    facts: Mapping[str, Fact] | None = None,
    payload: bytes | None = None,
) -> LedgerEntry:
    """Append the next entry of a chain, inside the caller's transaction, and return it.

    Takes the chain's lock and holds it to the transaction's end, so no two writers meet and no
    number is left out. `facts` hold codes, ids, numbers and hashes, never personal text: that goes
    into `payload`, which can be erased. Raises UnknownEvent, BadFact, NotInTransaction, and
    ValueError for a time without zone.
    """
    stated = canonical(dict(facts or {}))
    entry_id, salt = uuid.uuid4(), None if payload is None else secrets.token_bytes(SALT_BYTES)
    place = (entry_id, chain.kind, chain.id)
    said = (moment(at), actor.key, known(event), stated)
    lock(chain.kind, chain.id)
    with connection.cursor() as cursor:
        cursor.execute(_APPEND, (*place, *said, salt, payload))
        sequence, previous, digest, payload_sha256 = cursor.fetchone()
    entry = LedgerEntry(
        id=entry_id,
        chain_kind=chain.kind,
        chain_id=chain.id,
        sequence=sequence,
        at=at,
        actor=actor.key,
        event=event,
        facts=json.loads(stated),
        payload_sha256=payload_sha256,
        previous=previous,
        hash=digest,
    )
    entry._state.adding = False
    return entry


def append_to_cases(
    event: str, facts: Sequence[tuple[UUID, Facts]], *, actor: Actor, at: datetime
) -> None:
    """The same as `append` for many cases in one statement: one event, facts for each case named.

    A case may be named more than once; its entries follow each other in the order given. Takes the
    locks of all the cases, always in the same order. There are no payloads. Raises as `append`.
    """
    stated = [canonical(dict(some)) for _case_id, some in facts]
    case_ids = [case_id for case_id, _facts in facts]
    said = (moment(at), actor.key, known(event))
    lock_all("case", case_ids)
    with connection.cursor() as cursor:
        ids = ",".join(str(uuid.uuid4()) for _ in facts)
        chains = ",".join(map(str, case_ids))
        cursor.execute(_APPEND_MANY, ("case", *said, ids, chains, "\n".join(stated)))


def erase(entry: LedgerEntry, *, rule: str, actor: Actor, at: datetime) -> LedgerEntry:
    """Erase an entry's payload for good under the named retention rule; every chain stays valid.

    The erasure is itself an entry of the same chain, which is returned. Raises Conflict when there
    is no payload or it has been erased before.
    """
    require_transaction()
    if not rule:
        raise ValueError("Name the rule under which the payload is erased.")
    rows = LedgerPayload.objects.filter(entry_id=entry.id, body__isnull=False)
    if not rows.update(salt=None, body=None, erased_at=at, erased_under=rule):
        raise Conflict(_("There is no text left to erase behind this entry of the ledger."))
    chain = Chain(entry.chain_kind, entry.chain_id)
    facts: dict[str, Fact] = {"sequence": entry.sequence, "rule": rule}
    return append(chain, "payload.erased", actor=actor, at=at, facts=facts)
