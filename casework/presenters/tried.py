"""What trying a rule showed, and which prompts rules met: for the pages on which somebody decides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings

from measures.models import Measure
from measures.services import widths
from measures.services.orders import Order
from measures.services.widths import Trial
from screening.engine.matcher import RuleSet
from screening.engine.rules import Question
from screening.models import PromptCheck
from screening.services.trying import try_terms
from screening.widening import engine_rule

SHOWN: Final = 20
BESIDE: Final = 60  # characters to each side of a hit
GAP: Final = "…"

Part = tuple[str, bool]
Span = tuple[str, int, int]


@dataclass(frozen=True)
class Tried:
    """Numbers and prompts; each prompt in parts, with whether the rule saw the part."""

    met: int
    recorded: int
    shipped: int
    too_wide: bool
    prompts: Sequence[Sequence[Part]]
    allow: Sequence[str] = ()

    @property
    def asked(self) -> int:
        """All prompts it was tried on."""
        return self.recorded + self.shipped

    @property
    def share(self) -> str:
        """The share it met, in percent."""
        return f"{100 * self.met / self.asked:.2f} %" if self.asked else "0 %"


def tried_of(orders: Iterable[Order], now: datetime) -> Tried | None:
    """What trying the block among these orders shows; None without one."""
    found = [trial for order in orders if (trial := widths.tried(order, now))]
    return just_now(found[0]) if found else None


def of_terms(told: Mapping[str, Any], now: datetime) -> Tried:
    """What a rule that another provider proposes would meet here."""
    terms = [term["text"] for term in told["terms"]]
    found = try_terms(terms, told["allow_phrases"], told["fields"], now)
    return just_now(Trial(found, found.exceeds(settings.RULE_SECOND_PERSON_PER_MILLE)))


def just_now(trial: Trial) -> Tried:
    """What trying a rule showed a moment ago."""
    width = trial.width
    prompts = [
        parts(met.asked.fields, [(one.field, one.start, one.end) for one in met.matches])
        for met in width.met[:SHOWN]
    ]
    numbers = (len(width.met), width.recorded, width.shipped)
    return Tried(*numbers, trial.too_wide, prompts, width.allow)


def when_ordered(measures: Iterable[Measure]) -> dict[Any, Tried]:
    """For each proposed block, by its id, what trying it showed when it was ordered. One query for all.

    The text of a prompt that was wiped meanwhile is not shown any more.
    """
    blocks = [one for one in measures if one.parameters.get("tried")]
    wanted = [id for one in blocks for id in one.parameters["tried"]["checks"][:SHOWN]]
    rows = PromptCheck.objects.filter(id__in=wanted, prompt__isnull=False) if wanted else ()
    texts = {str(row.id): row.prompt for row in rows if row.prompt}
    return {one.id: _of(one, texts) for one in blocks}


def _of(measure: Measure, texts: Mapping[str, Mapping[str, str]]) -> Tried:
    told = measure.parameters
    kept = told["tried"]
    prompts = [texts[id] for id in kept["checks"][:SHOWN] if id in texts] + kept["prompts"]
    rules = RuleSet.build([_rule(told)], 0)
    return Tried(
        met=kept["met"],
        recorded=kept["recorded"],
        shipped=kept["shipped"],
        too_wide=measure.approval_required,
        prompts=[_seen(rules, prompt, measure) for prompt in prompts[:SHOWN]],
        allow=kept["allow"],
    )


def _rule(told: Mapping[str, Any]) -> Any:
    terms = [term["text"] for term in told["terms"]]
    allow = [phrase["text"] for phrase in told.get("allow", ())]
    return engine_rule(terms, allow, told.get("fields", ("prompt",)))


def _seen(rules: RuleSet, prompt: Mapping[str, str], measure: Measure) -> list[Part]:
    matches = rules.decide(Question(prompt, measure.ordered_at)).matches
    return parts(prompt, [(one.field, one.start, one.end) for one in matches])


def met_by(check: PromptCheck) -> list[Part]:
    """A recorded prompt in parts; the rule's terms alone once its text was wiped."""
    if check.prompt is None:
        return [(", ".join(sorted({one["term"] for one in check.matches})), True)]
    spans = [(one["field"], one["start"], one["end"]) for one in check.matches]
    return parts(check.prompt, spans)


def parts(fields: Mapping[str, str], spans: Iterable[Span]) -> list[Part]:
    """What was seen, with some text around it, field by field."""
    found: list[Part] = []
    of_field: dict[str, list[tuple[int, int]]] = {}
    for field, start, end in spans:
        of_field.setdefault(field, []).append((start, end))
    for field, places in of_field.items():
        if found:
            found.append((" ‖ ", False))
        found += _marked(fields.get(field, ""), sorted(places))
    return found


def _marked(text: str, places: Sequence[tuple[int, int]]) -> list[Part]:
    """The text around the first places, cut where it is long."""
    first, last = places[0][0], places[min(len(places), 3) - 1][1]
    begin, stop = max(0, first - BESIDE), min(len(text), last + BESIDE)
    found: list[Part] = [(GAP, False)] if begin else []
    at = begin
    for start, end in places:
        if start < at or end > stop:
            continue
        found += [(text[at:start], False), (text[start:end], True)]
        at = end
    found.append((text[at:stop] + (GAP if stop < len(text) else ""), False))
    return [part for part in found if part[0]]
