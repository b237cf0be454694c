"""Reading matches: what waits, what stands behind each, and what others decided before."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
)
from django.utils.translation import gettext as _

from common.errors import NotFound
from measures.models import Match, MeasureGround
from measures.protected_selectors import STANDS, standing_regimes
from measures.states import (
    GIVEN_BACK_TO_USER,
    MATCH_OPEN,
    WITHOUT_EFFECT,
    MatchState,
    MeasureState,
)
from notices.access import cases_for
from notices.models import FileRole, NoticeFile
from notices.states import ItemOutcome, RegimeState
from users.models import User

# Under these a measure stands without anybody contesting it.
_QUIET: Final = (RegimeState.MEASURES, RegimeState.CLOSED)


def matches_for(user: User) -> QuerySet[Match]:
    """Every match of cases this person may see, with what a line of the list shows."""
    seen = Match.objects.filter(case__in=cases_for(user))
    return seen.select_related("case", "work", "first", "platform_user", "decided_by")


def waiting_matches(user: User) -> QuerySet[Match]:
    """What waits for a person, the longest waiting first."""
    return matches_for(user).filter(state=MatchState.REVIEW).order_by("found_at", "id")


def settled_matches(user: User) -> QuerySet[Match]:
    """What was acted on, decided or ended, the latest first."""
    return matches_for(user).exclude(state__in=MATCH_OPEN).order_by("-closed_at", "id")


def one_match(user: User, id: UUID) -> Match:
    """The match with this id and how often it was seen. Raises NotFound."""
    rows = matches_for(user).select_related("artefact", "file", "item", "measure", "letter")
    found = rows.annotate(seen=Count("sightings")).filter(id=id).first()
    if found is None:
        raise NotFound(_("There is no such match, or it is not open to you."))
    return found


def dismissed_before(match: Match) -> QuerySet[Match]:
    """What people dismissed in the same case, which is of one work: the same bytes first, then the latest."""
    others = Match.objects.filter(case=match.case_id, state=MatchState.DISMISSED)
    same = ExpressionWrapper(Q(output_sha256=match.output_sha256), output_field=BooleanField())
    ordered = others.exclude(id=match.id).annotate(same_bytes=same)
    return ordered.select_related("decided_by", "first").order_by("-same_bytes", "-closed_at")


def pictures_of_work(match: Match) -> QuerySet[NoticeFile]:
    """What the output is to be compared with: the upheld output that it is like, if it is like one, and the right
    holder's own pictures of the work, as they were handed in."""
    handed_in = Q(notice__case=match.case_id, role=FileRole.WORK)
    upheld = Q(item=match.work.item_id, role=FileRole.FROZEN) if match.work.item_id else Q(pk=None)
    images = NoticeFile.objects.filter(handed_in | upheld, file__media_type__startswith="image/")
    return images.select_related("file").order_by(F("item").desc(nulls_last=True), "added_at", "id")


def quiet_grounds(case_id: UUID, user_external_id: str) -> list[MeasureGround]:
    """The grounds by which a case stands on a user for things of their own, contested by nobody.

    Empty as soon as the case has given anything back to them: then a person decides.
    """
    theirs = MeasureGround.objects.filter(
        case_id=case_id, item__artefact__owner__external_id=user_external_id
    )
    if theirs.filter(ended_reason__in=GIVEN_BACK_TO_USER).exists():
        return []
    unsettled = (MeasureState.PROPOSED, MeasureState.FAILED, MeasureState.LIFTING)
    open_ = theirs.filter(ended_at=None, item__outcome=ItemOutcome.UPHELD)
    quiet = open_.filter(case_regime__state__in=_QUIET, case__state__in=STANDS)
    standing = quiet.exclude(measure__state__in=[*WITHOUT_EFFECT, *unsettled])
    return list(standing.select_related("case_regime", "item").order_by("created_at", "id"))


def left_without_case() -> QuerySet[Match]:
    """Open matches whose work left the output check, or whose case no longer stands."""
    standing = standing_regimes("case").filter(case__state__in=STANDS)
    open_ = Match.objects.filter(state__in=MATCH_OPEN)
    gone = open_.filter(Q(work__ended_at__isnull=False) | ~Exists(standing))
    return gone.select_related("work").order_by("found_at", "id")


def to_be_looked_up(now: datetime) -> QuerySet[Match]:
    """Open matches about which the service was not asked yet, or not with success, and may be now."""
    waiting = Match.objects.filter(state__in=MATCH_OPEN, looked_at=None)
    return waiting.filter(Q(try_after=None) | Q(try_after__lte=now)).order_by("found_at", "id")


def to_be_carried_out(now: datetime) -> QuerySet[Match]:
    """What is acted on by itself, once the service told what it has."""
    ready = Match.objects.filter(state=MatchState.FOUND, looked_at__isnull=False)
    return ready.filter(Q(try_after=None) | Q(try_after__lte=now)).order_by("found_at", "id")
