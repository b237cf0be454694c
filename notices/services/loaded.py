"""Which rules this installation has used, and since when: a chain of the ledger for each version of a pack."""

from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from common.actors import Actor
from common.transactions import lock
from evidence.chain import Chain
from evidence.ledger import append
from evidence.selectors import head
from regimes.loader import source_of
from regimes.pack import Pack
from regimes.shelf import is_shipped, path_of


def pack_chain(pack_id: str, version: str) -> Chain:
    """The chain of one version of a pack. The same in every installation."""
    return Chain("pack", _id(pack_id, version))


def note_use(pack: Pack, *, now: datetime, actor: Actor) -> None:
    """Write pack.loaded when these very rules are used for the first time, or again after others were in force.

    In the caller's transaction. The file itself is the payload, so that what was in force can be read for ever.
    """
    chain = pack_chain(pack.id, pack.version)
    if _is_last(chain, pack):
        return
    lock(chain.kind, chain.id)
    if _is_last(chain, pack):
        return
    append(
        chain,
        "pack.loaded",
        actor=actor,
        at=now,
        facts={
            "pack": pack.id,
            "version": pack.version,
            "sha256": pack.sha256,
            "file_sha256": pack.file_sha256,
            "overrides": pack.overrides,
            "shipped": is_shipped(path_of(pack.id, pack.version)),
        },
        payload=source_of(pack),
    )


def _is_last(chain: Chain, pack: Pack) -> bool:
    last = head(chain)
    return last is not None and last.facts["sha256"] == pack.sha256


def _id(pack_id: str, version: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"redress:pack:{pack_id}:{version}")
