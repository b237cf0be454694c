"""A work enters the output check and leaves it. Both reach every guard within two seconds of the commit."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from common.actors import Actor
from common.errors import NotFound, RedressError
from common.transactions import lock_case
from evidence import ledger
from evidence.chain import Fact
from evidence.files import SealedFile
from evidence.ledger import case_chain
from screening.models import Fingerprint, PrintKind, Work
from screening.prints import files, pictures, texts
from screening.prints.errors import UnreadablePicture

LONGEST_TEXT = 2_000_000  # bytes of a text that is read as one


@dataclass(frozen=True)
class NewWork:
    """What an accepted notice protects. Give the same `id` again when you cannot know whether it arrived.

    `exact` are outputs that were upheld: the same bytes (or tensors) are refused, and whatever looks like their
    pictures is put before a person. `shown` are files that the notifier handed in as the work: the same bytes,
    pictures and texts in them are put before a person too; nobody approved the single file, so nothing is
    refused for it.
    `item_id` is the claimed item whose files these are, if they are one's.
    """

    id: UUID
    owner: str
    title: str
    case_id: UUID
    case_reference: str
    approved_by: str
    shown: Sequence[SealedFile] = ()
    exact: Sequence[SealedFile] = ()
    item_id: UUID | None = None


def add_work(new: NewWork, *, actor: Actor, at: datetime) -> Work:
    """Give a work to the output check. Given once more with the same id it answers with the first.

    Prints are taken before anything is locked. Raises RedressError when there is no file to know it by.
    """
    # Those of upheld outputs come last: a file that is both is upheld.
    prints = {(p.kind, bytes(p.bits)): p for p in _prints(new)}
    if not prints:
        raise RedressError(_("The work has no file by which it could be recognised."))
    with transaction.atomic():
        lock_case(new.case_id)
        known = Work.objects.filter(id=new.id).first()
        return known or _stored(new, list(prints.values()), actor, at)


@transaction.atomic
def end_work(work_id: UUID, *, actor: Actor, at: datetime, reason: str) -> Work:
    """Take a work out of the output check for good; one that has ended stays as it ended.

    `reason` is a code of up to 200 characters (`case_restored`). Raises NotFound.
    """
    if not reason or len(reason) > 200:
        raise RedressError(_("Say why the work is taken out, in at most 200 characters."))
    case_id = Work.objects.filter(id=work_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise NotFound(_("There is no such work."))
    lock_case(case_id)
    work = Work.objects.get(id=work_id)
    if work.ended_at is None:
        work.ended_at, work.ended_reason = at, reason
        work.save(update_fields=["ended_at", "ended_reason"])
        work.refresh_from_db(fields=["version"])
        facts: dict[str, Fact] = {"work": str(work.id), "reason": reason}
        ledger.append(case_chain(work.case_id), "work.forgotten", actor=actor, at=at, facts=facts)
    return work


def _stored(new: NewWork, prints: list[Fingerprint], actor: Actor, at: datetime) -> Work:
    work = Work.objects.create(
        id=new.id,
        owner=new.owner,
        title=new.title,
        case_id=new.case_id,
        case_reference=new.case_reference,
        item_id=new.item_id,
        approved_by=new.approved_by,
        created_at=at,
    )
    for one in prints:
        one.work = work
    Fingerprint.objects.bulk_create(prints)
    work.refresh_from_db(fields=["version"])
    kinds = sorted(one.kind for one in prints)
    counts: dict[str, Fact] = {kind: kinds.count(kind) for kind in kinds}
    facts: dict[str, Fact] = {
        "work": str(work.id),
        "item": str(work.item_id) if work.item_id else None,
        "approved_by": new.approved_by,
        "prints": counts,
    }
    ledger.append(case_chain(work.case_id), "work.remembered", actor=actor, at=at, facts=facts)
    return work


def _prints(new: NewWork) -> Iterable[Fingerprint]:
    for sealed in new.shown:
        yield from _file(sealed, upheld=False)
        yield from _picture(sealed)
        if sealed.media_type.startswith("text/") and sealed.size <= LONGEST_TEXT:
            yield from _text(sealed.read())
    for sealed in new.exact:
        yield from _file(sealed, upheld=True)
        # Drawn again it has another label, so other bytes (GB 45438: a ProduceID for each).
        yield from _picture(sealed)


def _file(sealed: SealedFile, *, upheld: bool) -> Iterable[Fingerprint]:
    with sealed.open() as file:
        print_ = files.take(file)
    yield Fingerprint(kind=PrintKind.FILE, bits=print_.sha256, upheld=upheld)
    if print_.tensors is not None:
        yield Fingerprint(kind=PrintKind.TENSORS, bits=print_.tensors, upheld=upheld)


def _picture(sealed: SealedFile) -> Iterable[Fingerprint]:
    if not sealed.media_type.startswith("image/"):
        return
    try:
        taken = pictures.take(sealed.read())
    except UnreadablePicture:
        return  # its hash alone is known
    yield Fingerprint(
        kind=PrintKind.PICTURE,
        bits=taken.whole.tobytes(),
        codes=taken.codes.tobytes(),
        points=taken.points.packed(),
        small=taken.small.tobytes(),
    )


def _text(content: bytes) -> Iterable[Fingerprint]:
    shingles = sorted(texts.winnowed(content.decode("utf-8", "replace")))
    if shingles:
        digest = hashlib.sha256(content).digest()
        codes = np.array(shingles, ">u8").tobytes()
        yield Fingerprint(kind=PrintKind.TEXT, bits=digest, codes=codes)
