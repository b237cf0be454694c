"""The kin of an artefact: the platform tells one step, we walk on from there, within bounds and never in circles.

Walked are only relations that carry the work on: what was made from a thing, and what was made with that. Never upwards
beyond the first step (a base model made everything), and never through a page that merely lists things.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Case, QuerySet, Value, When

from platforms.client import PlatformClient
from platforms.contract import Kin, NotOffered, PlatformError, TargetNotFound
from platforms.models import Artefact, ArtefactKin, ArtefactKind, KinRelation, PlatformUser
from platforms.services import keep, read_user
from platforms.states import KinAnswer

R = KinRelation
CARRIES_ON: Final = frozenset({R.VERSION, R.MERGE, R.QUANTISATION, R.EXAMPLE, R.OUTPUT})
MOST_STEPS: Final = 4
MOST_KIN: Final = 1_000
MOST_ASKED: Final = 100


@dataclass
class _Walk:
    """One reading of everything that `root` reaches."""

    root: Artefact
    client: PlatformClient
    now: datetime
    seen: set[str] = field(default_factory=set)
    owners: dict[str, PlatformUser | None] = field(default_factory=dict)
    ahead: deque[tuple[Artefact, int]] = field(default_factory=deque)
    cut: bool = False
    deeper: bool = False
    """Something stood at the last step that we would have walked on from."""


def read_kin(root: Artefact, client: PlatformClient, now: datetime) -> KinAnswer:
    """Ask for everything this artefact reaches, and keep it; each page in a transaction of its own.

    Says whether that is all of it. Asks the platform, so never inside a transaction. Raises PlatformError
    when the platform does not answer; what was learnt until then is kept, and reading again is safe.
    """
    walk = _Walk(root, client, now, seen={root.external_id})
    walk.ahead.append((root, 1))
    try:
        for _asked in range(MOST_ASKED):
            if not walk.ahead:
                break
            _ask(walk, *walk.ahead.popleft())
    except NotOffered:
        return KinAnswer.SILENT
    except PlatformError as error:
        if error.permanent:
            return KinAnswer.REFUSED
        raise
    unread = walk.cut or walk.deeper or bool(walk.ahead)
    return KinAnswer.CUT if unread else KinAnswer.WHOLE


def kin_of(artefacts: Iterable[object]) -> QuerySet[ArtefactKin]:
    """What these artefacts (by id) reach, the near before the far, in the order of the relations, with owners; one query."""
    found = ArtefactKin.objects.filter(artefact__in=list(artefacts))
    named = Case(
        *(When(relation=one, then=Value(place)) for place, one in enumerate(KinRelation.values))
    )
    return found.select_related("kin__owner", "via").order_by(
        "artefact_id", "steps", named, "kin__external_id"
    )


def _ask(walk: _Walk, asked: Artefact, steps: int) -> None:
    try:
        for page in walk.client.kin_pages(asked.external_id):
            fresh = _fresh(walk, page, steps)
            owners = [_owner(walk, one) for one in fresh]
            _keep_page(walk, asked, steps, list(zip(fresh, owners, strict=True)))
            if walk.cut:
                return
    except TargetNotFound:
        if steps == 1:
            raise
        # It went away between two pages: nothing more to learn from it.


def _fresh(walk: _Walk, page: Sequence[Kin], steps: int) -> list[Kin]:
    """What was not met before, as much as there is room for; upwards only from the root itself."""
    wanted = []
    for one in page:
        upwards = one.relation == R.BASE_MODEL and steps > 1
        if one.artefact.id in walk.seen or upwards:
            continue
        if len(walk.seen) > MOST_KIN:
            walk.cut = True
            break
        walk.seen.add(one.artefact.id)
        wanted.append(one)
    return wanted


def _owner(walk: _Walk, one: Kin) -> PlatformUser | None:
    name = one.artefact.owner
    if name not in walk.owners:
        walk.owners[name] = read_user(walk.root.platform, name, walk.now)
    return walk.owners[name]


@transaction.atomic
def _keep_page(
    walk: _Walk, asked: Artefact, steps: int, page: Sequence[tuple[Kin, PlatformUser | None]]
) -> None:
    kept: dict[str, Artefact] = {}
    # By id, so that two readings that meet never wait for each other.
    for one, owner in sorted(page, key=lambda pair: pair[0].artefact.id):
        artefact = keep(walk.root.platform, one.artefact, owner, walk.now)
        ArtefactKin.objects.update_or_create(
            artefact=walk.root,
            kin=artefact,
            defaults={
                "relation": one.relation,
                "via": None if steps == 1 else asked,
                "steps": steps,
                "read_at": walk.now,
            },
        )
        kept[one.artefact.id] = artefact
    walk.ahead.extend(
        (kept[one.artefact.id], steps + 1) for one, _owner in page if _leads_on(walk, one, steps)
    )


def _leads_on(walk: _Walk, one: Kin, steps: int) -> bool:
    """A link is only the way to something: what it leads to counts as the root's own."""
    through_link = steps == 1 and walk.root.kind == ArtefactKind.LINK
    leads = one.relation in CARRIES_ON or through_link
    walk.deeper = walk.deeper or (leads and steps == MOST_STEPS)
    return leads and steps < MOST_STEPS
