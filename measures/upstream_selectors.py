"""Who made a thing through whose model: what generation records say of upstream providers."""

from uuid import UUID

from django.db.models import Q, QuerySet

from measures.models import Measure, MeasureGround, UpstreamRequest
from measures.rules import Family
from notices.models import ClaimedItem
from notices.states import ItemOutcome
from platforms.models import Artefact

# What a model is to stop making concerns every upheld item; what acts on one thing concerns that thing.
_ON_THE_MODEL = frozenset({Family.PROMPT_BLOCK, Family.MODEL_OPTIMISATION})


def providers_of(measure: Measure) -> list[str]:
    """The upstream providers that generation records behind the measure name; none behind a sanction."""
    named = {upstream_of(one) for one in _made(measure)}
    return sorted(named - {""})


def generations_of(measure: Measure, provider: str) -> list[str]:
    """The outputs that this provider's model made: id, model and session of each. Nobody's name, no prompt."""
    made = [one for one in _made(measure) if upstream_of(one) == provider]
    return [_line(one) for one in made]


def upstream_of(artefact: Artefact) -> str:
    """The provider that the artefact's generation record names; '' where the platform drew it itself."""
    generation = artefact.record.get("generation")
    return str(generation.get("upstream") or "") if isinstance(generation, dict) else ""


def passed_on(measure: Measure) -> QuerySet[UpstreamRequest]:
    """Every time it was passed on, oldest first, with letters, papers and people."""
    return _full(UpstreamRequest.objects.filter(measure=measure))


def passed_on_in(case_id: UUID) -> QuerySet[UpstreamRequest]:
    """Every measure that was passed on for this case, oldest first."""
    return _full(UpstreamRequest.objects.filter(case=case_id))


def _full(requests: QuerySet[UpstreamRequest]) -> QuerySet[UpstreamRequest]:
    people = requests.select_related("passed_on_by", "recorded_by", "proof", "letter", "measure")
    return people.select_related("measure__artefact", "measure__platform_user").order_by(
        "passed_on_at", "id"
    )


def _made(measure: Measure) -> list[Artefact]:
    if measure.family == Family.USER_SANCTION:
        return []
    grounds = MeasureGround.objects.filter(measure=measure, ended_at=None)
    wanted = Q(id=measure.artefact_id) | Q(id__in=grounds.values("item__artefact"))
    if measure.family in _ON_THE_MODEL:
        upheld = ClaimedItem.objects.filter(
            notice__case__in=grounds.values("case"), outcome=ItemOutcome.UPHELD
        )
        wanted |= Q(id__in=upheld.values("artefact"))
    return list(Artefact.objects.filter(wanted).order_by("external_id"))


def _line(artefact: Artefact) -> str:
    generation = artefact.record["generation"]
    told = (artefact.external_id, generation.get("model", ""), generation.get("session", ""))
    return " · ".join(str(one) for one in told if one)
