"""What a measure promises, gathered in one short transaction before anybody is asked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from measures.models import Measure, MeasureGround
from measures.rules import ON_ARTEFACT, Family, Level
from measures.services.watching import GIVEN_BACK
from measures.states import IN_EFFECT
from notices.models import FileRole, NoticeFile
from platforms.models import Artefact
from screening.engine.rules import Mode
from screening.models import PromptRule
from screening.selectors import live_rules

# Places in the platform's USER_STATES.
RANK: Final[dict[str, int]] = {
    Level.WARN: 1,
    Level.RESTRICT: 2,
    Level.SUSPEND: 3,
    Level.TERMINATE: 4,
}


@dataclass(frozen=True)
class Block:
    """A prompt block: its rule, and how to ask for what it forbids.

    `live`: by our own rows the rule is in force; `version` is that of its last change.
    """

    rule_id: str
    live: bool
    version: int
    mode: str
    field: str
    territory: str
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Expectation:
    """What should be seen of one measure.

    `lifted`: it was lifted, and what it took should be back. `held`: something else of ours holds the
    target, which then need not be back; `rank` is the standing a user should have: at least while the
    sanction is in force, at most once it was lifted. `frozen` are the hashes of the sealed files;
    `gone`: the platform lifted it by saying that the target exists no more.
    """

    lifted: bool
    family: str
    target: str = ""
    url: str = ""
    frozen: frozenset[str] = frozenset()
    held: bool = False
    gone: bool = False
    rank: int = 0
    block: Block | None = None


def expectation(measure: Measure, now: datetime) -> Expectation:
    """What the measure promises at this moment."""
    told = measure.lift_acknowledgement or {}
    common: dict[str, Any] = {
        "lifted": measure.state in GIVEN_BACK,
        "family": measure.family,
        "gone": told.get("target") == "gone",
    }
    if measure.family == Family.PROMPT_BLOCK:
        return Expectation(**common, block=_block(measure, now))
    if measure.family == Family.USER_SANCTION:
        user = measure.platform_user
        target = user.external_id if user else ""
        return Expectation(**common, target=target, rank=_rank(measure))
    artefact = measure.artefact
    if artefact is None:
        raise LookupError(f"The measure {measure.id} acts on nothing that could be tested.")
    return Expectation(
        **common,
        target=artefact.external_id,
        url=artefact.url,
        frozen=_frozen(artefact),
        held=_held_otherwise(measure, artefact),
    )


def _frozen(artefact: Artefact) -> frozenset[str]:
    sealed = NoticeFile.objects.filter(role=FileRole.FROZEN, item__artefact=artefact)
    return frozenset(sealed.values_list("file__sha256", flat=True))


def _held_otherwise(measure: Measure, artefact: Artefact) -> bool:
    """Whether another measure of ours holds the same thing, or that which it belongs to."""
    same = Q(artefact=artefact)
    if artefact.parent_external_id:
        same |= Q(artefact__external_id=artefact.parent_external_id)
    others = Measure.objects.filter(same, platform=measure.platform, family__in=ON_ARTEFACT)
    holding = others.exclude(family=Family.MODEL_OPTIMISATION).exclude(id=measure.id)
    return holding.filter(state__in=IN_EFFECT).exists()


def _rank(measure: Measure) -> int:
    if measure.state not in GIVEN_BACK:
        return RANK[measure.level]
    left = Measure.objects.filter(
        family=Family.USER_SANCTION, platform_user=measure.platform_user, state__in=IN_EFFECT
    )
    return max((RANK[level] for level in left.values_list("level", flat=True)), default=0)


def _block(measure: Measure, now: datetime) -> Block:
    rule = PromptRule.objects.filter(id=measure.rule_id).first() if measure.rule_id else None
    if rule is None:  # in force without a rule: that is what the test is to find
        return Block(str(measure.rule_id or ""), False, 0, Mode.BLOCK, "prompt", "", ())
    return Block(
        rule_id=str(rule.id),
        live=live_rules(now).filter(id=rule.id).exists(),
        version=rule.version,
        mode=rule.mode,
        field=rule.fields[0],
        territory=rule.territory,
        terms=tuple(term["text"] for term in rule.terms),
    )


def people_of(measure: Measure) -> set[UUID]:
    """Who ordered the measure, for whichever case, and who approved it."""
    ordered = MeasureGround.objects.filter(measure=measure).values_list("ordered_by", flat=True)
    return {*ordered, measure.ordered_by_id, *filter(None, [measure.approved_by_id])}
