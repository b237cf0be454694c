"""Under which packs a case runs: chosen at filing, added when an item turns out to lie elsewhere, and by staff."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from common.actors import SETUP, WORKER, Actor, staff
from common.errors import Conflict, RedressError
from deadlines.services import meet
from deadlines.services import stop_all as stop_all_clocks
from evidence.chain import Fact
from evidence.ledger import append, case_chain
from notices.filing import Filing
from notices.models import Case, CaseRegime, FileRole, NoticeFile
from notices.rules import ACKNOWLEDGE
from notices.services.claims import held_by
from notices.services.clocks import pause_ours, start_on_filing
from notices.services.lifecycle import Step, advance_regime
from notices.services.loaded import note_use
from notices.states import TRIAGE, UNDECIDED, CaseState
from notices.surfaces import Place, mapped, place_as_filed, places_as_found
from platforms.models import Artefact, Platform, ServiceSurface
from regimes.loader import in_force, pack, pack_ids
from regimes.vocabulary import CaseKind
from users.models import User


@dataclass(frozen=True)
class _Why:
    """Who adds a pack, in which words, and for which place if a place is the reason."""

    step: Step
    reason: str
    place: Place | None = None


def choose(case: Case, filing: Filing) -> list[CaseRegime]:
    """The packs of a new case: those of training complaints, or those mapped to where its items lie.

    Where the operator mapped nothing to a place, the packs of REGIMES.
    """
    wanted: list[tuple[str, Place | None]]
    if filing.kind == CaseKind.TRAINING_COMPLAINT:
        wanted = [(id, None) for id in settings.TRAINING_REGIMES]
    else:
        places = {place_as_filed(item.kind) for item in filing.items}
        wanted = [*_by_place(places).items()]
        if not wanted or not all(mapped(place) for place in places):
            here = dict(wanted)
            wanted += [(id, None) for id in settings.REGIMES if id not in here]
    return [_create(case, pack_id, place, case.filed_at) for pack_id, place in wanted]


def found_on(case_id: UUID, found: Iterable[Artefact], *, now: datetime) -> list[CaseRegime]:
    """Add the packs of the places where items were found; those that are new. Holds the case already.

    A recorded step of its own. The new pack's clocks run from the filing, which is when the notice
    reached the operator under that law too. A decided case and a training complaint stay as they are.
    """
    case = Case.objects.get(id=case_id)
    # Once a case is decided, nothing of a further law could be examined any more.
    if case.state not in UNDECIDED or case.kind != CaseKind.OUTPUT_NOTICE:
        return []
    places = {place for one in found for place in places_as_found(one.kind, one.record)}
    here = set(CaseRegime.every.filter(case=case).values_list("pack_id", flat=True))
    new = {id: place for id, place in _by_place(places).items() if id not in here}
    step = Step(WORKER, now)
    return [_add(case, id, _Why(step, "", place)) for id, place in new.items()]


@transaction.atomic
def add(case_id: UUID, pack_id: str, reason: str, *, user: User, now: datetime) -> CaseRegime:
    """Staff put the case under one more law, before it is decided. Raises NotYours, Conflict, RedressError."""
    case = _changeable(case_id, reason, user)
    if pack_id not in addable(case):
        raise RedressError(_("Choose a law that this kind of case can run under."))
    step = Step(staff(user.id), now, payload=reason.strip().encode())
    removed = CaseRegime.every.filter(case=case, pack_id=pack_id).first()
    if removed is not None:
        regime = advance_regime(removed.id, "reinstate", step)
        _start(case, regime, now, step.actor)
        return regime
    return _add(case, pack_id, _Why(step, "staff"))


@transaction.atomic
def remove(case_id: UUID, pack_id: str, reason: str, *, user: User, now: datetime) -> CaseRegime:
    """Staff find that a law does not apply, before the case is decided: its clocks stop. At least one law stays.

    Raises NotYours, Conflict, RedressError.
    """
    case = _changeable(case_id, reason, user)
    regimes = list(case.regimes.all())
    regime = next((one for one in regimes if one.pack_id == pack_id), None)
    if regime is None:
        raise RedressError(_("The case does not run under this law."))
    if len(regimes) == 1:
        raise Conflict(_("A case runs under at least one law: add the other one first."))
    step = Step(staff(user.id), now, payload=reason.strip().encode())
    stop_all_clocks(
        case_id, at=now, actor=step.actor, reason="regime_removed", case_regime_id=regime.id
    )
    return advance_regime(regime.id, "remove", step)


def addable(case: Case) -> list[str]:
    """The packs that the case does not run under and could: those of its own kind."""
    here = set(case.regimes.values_list("pack_id", flat=True))
    return [id for id in pack_ids() if id not in here and pack(id).case_kind == case.kind]


def _changeable(case_id: UUID, reason: str, user: User) -> Case:
    case = held_by(case_id, user)
    if case.state not in TRIAGE:
        raise Conflict(
            _("The laws of a case can be changed until it is decided, while it is our turn.")
        )
    if not reason.strip():
        raise RedressError(_("Give a reason: it stays on record."), fields={"reason": ""})
    return case


def _by_place(places: Iterable[Place]) -> Mapping[str, Place]:
    """Each pack with the first place that calls for it."""
    found: dict[str, Place] = {}
    for place in sorted(places):
        for pack_id in mapped(place):
            found.setdefault(pack_id, place)
    return found


def _create(case: Case, pack_id: str, place: Place | None, now: datetime) -> CaseRegime:
    """The pack in the version that was in force when the notice was filed; its first use is noted."""
    law = in_force(pack_id, case.filed_at)
    if law.case_kind != case.kind:
        raise Conflict(_("A complaint about training and a notice about output are never mixed."))
    note_use(law, now=now, actor=SETUP)
    return CaseRegime.objects.create(
        case=case,
        pack_id=law.id,
        pack_version=law.version,
        pack_sha256=law.sha256,
        surface=_surface(case.platform, place),
    )


def _surface(platform: Platform, place: Place | None) -> ServiceSurface | None:
    if place is None:
        return None
    row, _created = ServiceSurface.objects.get_or_create(
        platform=platform, kind=place.kind, territory=place.territory
    )
    return row


def _add(case: Case, pack_id: str, why: _Why) -> CaseRegime:
    regime = _create(case, pack_id, why.place, why.step.now)
    facts: dict[str, Fact] = {
        "regime": regime.pack_id,
        "version": regime.pack_version,
        "sha256": regime.pack_sha256,
        "surface": str(why.place) if why.place else None,
        "runs_from": case.filed_at.isoformat(),
    }
    step = why.step
    append(
        case_chain(case.id), "regime.added", actor=step.actor, at=step.now, facts=facts,
        payload=step.payload,
    )  # fmt: skip
    _start(case, regime, step.now, step.actor)
    return regime


def _start(case: Case, regime: CaseRegime, now: datetime, actor: Actor) -> None:
    """The clocks from the filing on; what was done meanwhile counts for this law too."""
    start_on_filing(regime, at=case.filed_at, now=now, actor=actor)
    receipt = NoticeFile.objects.filter(notice__case=case, role=FileRole.RECEIPT).first()
    if receipt is not None:
        meet(
            ACKNOWLEDGE, case.id, at=receipt.added_at, actor=actor,
            case_regime_id=regime.id, now=now,
        )  # fmt: skip
    if case.state == CaseState.AWAITING_FILER:
        pause_ours(case, now=now, actor=actor)


def ids(regimes: Sequence[CaseRegime]) -> list[Fact]:
    """The packs by id, for the ledger."""
    return [regime.pack_id for regime in regimes]
