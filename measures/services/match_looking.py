"""What the service tells about the output of a match: whose it is, where it lies, and its bytes.

Asked outside any transaction, item by item; kept in short ones.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar
from uuid import UUID

from django.db import transaction

from common.actors import WORKER
from common.jobs import enqueue
from evidence.chain import Fact
from evidence.files import seal_own
from evidence.models import SealedFile
from measures.models import Match
from measures.services.attempts import wait
from measures.services.match_steps import hold_match, record, show
from measures.states import MATCH_OPEN, MatchState
from notices.services.lifecycle import Step
from platforms.client import PlatformClient
from platforms.contract import (
    ArtefactRecord,
    Content,
    PlatformError,
    PlatformUserRecord,
    TargetNotFound,
)
from platforms.models import PlatformUser
from platforms.services import keep, keep_user

T = TypeVar("T")
PATIENCE: Final = 10  # times asked, about a quarter of an hour: then a person should know
# A slow platform is not asked by two rounds about one match at once.
LEASE: Final = timedelta(seconds=60)
_WITH_CONTENT: Final = frozenset({"output", "training_picture", "model_version"})


@dataclass(frozen=True)
class Told:
    """What the platform said of an output and its owner, or else of the user; None for what it does not know.

    `error`: why it gave no bytes of something that it does know.
    """

    record: ArtefactRecord | None = None
    content: Content | None = None
    person: PlatformUserRecord | None = None
    error: str = ""


def look(id: UUID, client: PlatformClient, clock: Callable[[], datetime]) -> bool:
    """Ask about one match, if it is still to be asked about; whether the platform answered.

    What the platform does not know is kept as that. Every other error puts it off, and one that repeating
    cannot help is a matter for a person at once: who refuses to say has not said that there is none.
    """
    match = _begin(id, clock())
    if match is None:
        return False
    try:
        told = _ask(match, client)
    except PlatformError as error:
        _put_off(id, error, clock())
        return False
    _keep(id, told, clock())
    return True


@transaction.atomic
def _begin(id: UUID, now: datetime) -> Match | None:
    match = hold_match(id)
    put_off = match.try_after is not None and match.try_after > now
    if match.state not in MATCH_OPEN or match.looked_at is not None or put_off:
        return None
    match.attempts, match.try_after = match.attempts + 1, now + LEASE
    match.save(update_fields=["attempts", "try_after"])
    return match


def _ask(match: Match, client: PlatformClient) -> Told:
    name = match.output_external_id
    found = _or_none(lambda: client.resolve(name)) if name else None
    owner = found.owner if found else match.user_external_id
    person = _or_none(lambda: client.user(owner)) if owner else None
    if found is None or found.kind not in _WITH_CONTENT:
        return Told(found, None, person)
    try:
        return Told(found, _or_none(lambda: client.content(found.id)), person)
    except PlatformError as error:
        if not error.permanent:
            raise
        return Told(
            found, None, person, error.message
        )  # larger than the contract allows, for instance


def _or_none(ask: Callable[[], T]) -> T | None:
    try:
        return ask()
    except TargetNotFound:
        return None


@transaction.atomic
def _put_off(id: UUID, error: PlatformError, now: datetime) -> None:
    match = hold_match(id)
    match.try_after = now + wait(match.attempts, error.retry_after)
    match.last_error = error.message
    match.save(update_fields=["try_after", "last_error"])
    given_up = error.permanent or match.attempts >= PATIENCE
    if match.state == MatchState.FOUND and given_up:
        show(match, "no_answer", now)


@transaction.atomic
def _keep(id: UUID, told: Told, now: datetime) -> None:
    """Store what was told, unless somebody was quicker."""
    match = hold_match(id)
    if match.looked_at is not None or match.state not in MATCH_OPEN:
        return
    platform = match.case.platform
    person = keep_user(platform, told.person, now) if told.person else None
    match.artefact = keep(platform, told.record, person, now) if told.record else None
    match.file = _sealed(told, now)
    # The user whom the guard was told of, or else whoever owns the thing.
    match.platform_user = _named(match) or person
    match.looked_at, match.try_after, match.last_error = now, None, told.error
    match.save(
        update_fields=["artefact", "file", "platform_user", "looked_at", "try_after", "last_error"]
    )
    facts: dict[str, Fact] = {
        "artefact": told.record.id if told.record else None,
        "same_bytes": match.file is not None and match.file.sha256 == match.output_sha256,
    }
    record(match, "match.looked_up", Step(WORKER, now, facts=facts))
    if match.state == MatchState.FOUND:
        enqueue("casework.stay_down", match.id)


def _named(match: Match) -> PlatformUser | None:
    if match.platform_user is not None:
        return match.platform_user
    people = PlatformUser.objects.filter(platform=match.case.platform)
    return people.filter(external_id=match.user_external_id).first()


def _sealed(told: Told, now: datetime) -> SealedFile | None:
    if told.record is None or told.content is None:
        return None
    kind = told.content.media_type
    name = f"{told.record.id}.{kind.rpartition('/')[2]}"
    return seal_own(told.content.body, name=name, kind=kind, at=now)
