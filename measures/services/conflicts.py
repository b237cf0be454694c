"""Where one law of a case gives measures up and another still holds them: opened here, never silently."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import QuerySet

from evidence.chain import Fact
from evidence.ledger import append, case_chain
from measures.models import Measure, MeasureGround, RegimeConflict
from measures.states import OPENS_CONFLICT
from notices.models import CaseRegime
from notices.services.lifecycle import Step


def after_ending(
    regime: CaseRegime, measures: Sequence[Measure], reason: str, step: Step
) -> list[RegimeConflict]:
    """What follows for conflicts once `regime` ended its grounds of these measures; those that opened.

    A conflict in which this regime held the last of its measures closes itself. Where the regime
    gave up on a statement and another regime of the same case still stands behind a measure, a
    conflict opens: what other cases ask for is no conflict of laws, it is another claim.
    """
    _close_settled(RegimeConflict.objects.filter(holds=regime), step)
    if reason not in OPENS_CONFLICT:
        return []
    held = MeasureGround.objects.filter(
        case_id=regime.case_id, measure__in=[one.id for one in measures], ended_at=None
    ).exclude(case_regime=regime)
    by_id = {one.id: one for one in measures}
    by_regime: dict[UUID, dict[UUID, Measure]] = {}
    for holder, measure in held.order_by().values_list("case_regime_id", "measure_id"):
        by_regime.setdefault(holder, {})[measure] = by_id[measure]
    return [_open(regime, holder, by_regime[holder], step) for holder in sorted(by_regime)]


def _open(
    releases: CaseRegime, holder: UUID, measures: Mapping[UUID, Measure], step: Step
) -> RegimeConflict:
    holds = CaseRegime.objects.get(id=holder)
    conflict, _created = RegimeConflict.objects.get_or_create(
        releases=releases,
        holds=holds,
        closed_at=None,
        defaults={
            "case_id": releases.case_id,
            "opened_at": step.now,
            "effective_at": step.effective_at or step.now,
        },
    )
    conflict.measures.add(*measures.values())
    record(conflict, "regime_conflict.opened", step)
    return conflict


def settle_without(measure: Measure, step: Step) -> None:
    """The measure ended altogether, with its term for instance: conflicts about nothing else close."""
    _close_settled(RegimeConflict.objects.filter(measures=measure), step)


def _close_settled(conflicts: QuerySet[RegimeConflict], step: Step) -> None:
    for conflict in conflicts.filter(closed_at=None).select_related("releases", "holds"):
        if not still_held(conflict):
            RegimeConflict.objects.filter(id=conflict.id).update(closed_at=step.now)
            record(conflict, "regime_conflict.closed", step)


def still_held(conflict: RegimeConflict) -> bool:
    """Whether the holding regime stands behind any of the conflict's measures."""
    grounds = MeasureGround.objects.filter(case_regime=conflict.holds_id, ended_at=None)
    return grounds.filter(measure__in=conflict.measures.all()).exists()


def record(
    conflict: RegimeConflict, event: str, step: Step, facts: dict[str, Fact] | None = None
) -> None:
    """Append to the case's chain: which laws in which versions, and from when it counts."""
    touched = conflict.measures.order_by("id").values_list("id", flat=True)
    names: list[Fact] = [str(measure) for measure in touched]
    about: dict[str, Fact] = {
        "measures": names,
        "conflict": str(conflict.id),
        "releases": _named(conflict.releases),
        "holds": _named(conflict.holds),
        "effective_at": (step.effective_at or step.now).isoformat(),
    }
    append(
        case_chain(conflict.case_id),
        event,
        actor=step.actor,
        at=step.now,
        facts={**about, **(facts or {})},
        payload=step.payload,
    )


def _named(regime: CaseRegime) -> str:
    return f"{regime.pack_id} {regime.pack_version}"
