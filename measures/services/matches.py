"""Matches of the output check become the desk's business: each picked up once, whoever asks and however often.

The guard writes its own rows and calls nobody. The same file by the same user, on whom the case stands, is
acted on by itself (`match_acting`); a person looks at everything else.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from common.actors import SWEEP
from common.jobs import enqueue
from common.transactions import lock_case
from measures.match_selectors import left_without_case, quiet_grounds, to_be_looked_up
from measures.models import Match, MatchSighting
from measures.services import match_looking
from measures.services.match_steps import hold_match, move, record, show, stop_clock
from measures.states import MATCH_OPEN, MatchState
from notices.models import Case
from notices.services.lifecycle import Step
from platforms.client import PlatformClient
from platforms.models import PlatformUser
from screening.models import OutputMatch, PrintKind

log = logging.getLogger(__name__)
BATCH: Final = 200
LOOKS: Final = 20  # each asks the platform up to three times
# A row of the guard that could not be taken up is tried again for so long, with an error each time.
OVERLAP: Final = timedelta(days=7)
EXACT: Final = frozenset({PrintKind.FILE, PrintKind.TENSORS})


@dataclass(frozen=True)
class MatchesResult:
    """How many matches ended with their case, were picked up, and were looked up on the platform."""

    ended: int
    picked_up: int
    looked_up: int


def sweep(client: PlatformClient, clock: Callable[[], datetime]) -> MatchesResult:
    """One round. Safe at any time, in parallel, and after a kill: rows tell what is left to do."""
    ended = sum(_end(id, clock()) for id in _ids(left_without_case()))
    picked_up = sum(_tried(row, clock()) for row in list(_fresh()[:BATCH]))
    looked = [
        match_looking.look(id, client, clock) for id in _ids(to_be_looked_up(clock()))[:LOOKS]
    ]
    return MatchesResult(ended, picked_up, sum(looked))


@transaction.atomic
def pick_up(row: OutputMatch, *, now: datetime) -> bool:
    """Take up one row of the guard; whether it is a match that was not known before."""
    case = Case.objects.select_related("platform").get(id=row.work.case_id)
    lock_case(case.id)
    if MatchSighting.objects.filter(output_match=row).exists():
        return False
    match, new = Match.objects.get_or_create(
        work=row.work,
        output_sha256=row.output_sha256,
        user_external_id=row.user_external_id,
        output_external_id=row.output_external_id,
        defaults=_first(row, case, now),
    )
    MatchSighting.objects.create(match=match, output_match=row, at=row.at)
    if new:
        _begin(match, row, now)
    return new


def _first(row: OutputMatch, case: Case, now: datetime) -> dict[str, object]:
    person = PlatformUser.objects.filter(
        platform=case.platform, external_id=row.user_external_id
    ).first()
    # Nothing to ask the platform about: no output of its own, and a user it told of before, or none.
    told = not row.output_external_id and (person is not None or not row.user_external_id)
    return {
        "first": row,
        "case": case,
        "kind": row.kind,
        "found_at": row.at,
        "platform_user": person,
        "looked_at": now if told else None,
    }


def _begin(match: Match, row: OutputMatch, now: datetime) -> None:
    facts = {"decision": row.decision, "distance": row.distance}
    record(match, "match.found", Step(SWEEP, now, facts=facts))
    if acts_by_itself(match):
        enqueue("casework.stay_down", match.id)
    else:
        show(match, "takes_a_person", now)


def acts_by_itself(match: Match) -> bool:
    """The same file as an upheld one, by a user on whom the case stands for things of their own, uncontested."""
    by_hash = match.kind in EXACT and match.first.refused and match.user_external_id
    return bool(by_hash and quiet_grounds(match.case_id, match.user_external_id))


def _tried(row: OutputMatch, now: datetime) -> bool:
    """One row that cannot be taken up must not hold up the others."""
    try:
        return pick_up(row, now=now)
    except Exception:
        log.exception("The match %s could not be taken up; it is tried again.", row.id)
        return False


@transaction.atomic
def _end(id: UUID, now: datetime) -> bool:
    match = hold_match(id)
    if match.state not in MATCH_OPEN or not left_without_case().filter(id=id).exists():
        return False
    waited = match.state == MatchState.REVIEW
    reason = match.work.ended_reason or "case_over"
    step = Step(SWEEP, now, facts={"reason": reason})
    move(match, "end", "match.ended", step, closed_at=now, ended_reason=reason[:40])
    if waited:
        stop_clock(match, actor=SWEEP, now=now)
    return True


def _fresh() -> QuerySet[OutputMatch]:
    """The guard's rows that nobody took up, the oldest first."""
    taken = MatchSighting.objects.filter(output_match=OuterRef("id"))
    case = Case.objects.filter(id=OuterRef("work__case_id"))
    rows = OutputMatch.objects.filter(~Exists(taken), Exists(case)).select_related("work")
    last = MatchSighting.objects.aggregate(last=Max("at"))["last"]
    rows = rows.filter(at__gte=last - OVERLAP) if last else rows
    return rows.order_by("at", "id")


def _ids(matches: QuerySet[Match]) -> list[UUID]:
    return list(matches.values_list("id", flat=True)[:BATCH])
