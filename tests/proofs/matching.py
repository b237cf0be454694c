"""`script/proof matching [EACH CLEAN]`: recall on disguised names and false blocks on clean prompts, kind by kind.

The names and carriers are the set that the engine was not tuned on. Recorded at full size only: EACH disguises of every
name and kind, CLEAN clean prompts. It holds when at least 99 % of the disguises of all kinds together are found, at least
99 % in ten kinds or more, and at most 0.1 % of the clean prompts are blocked. Every failure is printed.
"""

import json
import uuid
from datetime import UTC, datetime

from screening.corpus.samples import REPORT, Sample
from screening.corpus.trial import Fields, Judge, Outcome, clean, disguised, judge
from screening.engine.matcher import RuleSet
from screening.engine.rules import Outcome as Decided
from screening.engine.rules import Question, Rule
from tests.proofs.record import Record, write

SEED = 20261123
EACH, CLEAN = 10, 10_000
RECALL, KINDS, FALSE_BLOCKS = 0.99, 10, 0.001
ANY_TIME = datetime(2026, 1, 1, tzinfo=UTC)


def main(arguments: list[str]) -> int:
    """Ask, count, print; 1 when the goal was missed."""
    each, count = (int(a) for a in arguments) if arguments else (EACH, CLEAN)
    hidden, plain = run(REPORT, each, count)
    counts = table(hidden, plain)
    ok = holds(hidden, plain)
    for prompt in (*hidden.failures, *plain.failures):
        print(prompt.kind, prompt.name, json.dumps(prompt.fields, ensure_ascii=False), sep="\t")
    print(json.dumps(counts, indent=2))
    if (each, count) == (EACH, CLEAN):
        write(Record("matching", SEED, each, counts, ok))
    return 0 if ok else 1


def run(sample: Sample, each: int, count: int) -> tuple[Outcome, Outcome]:
    """The disguised names of the sample, and clean prompts that look like them."""
    is_blocked = blocker(sample)
    return (
        judge(disguised(sample, each, SEED), is_blocked),
        judge(clean(sample, count, SEED + 1), is_blocked),
    )


def blocker(sample: Sample) -> Judge:
    """One blocking rule for each name, as the guard would hold them."""
    rules = [Rule(uuid.UUID(int=i), i, (name,)) for i, name in enumerate(sample.names)]
    held = RuleSet.build(rules, 1)

    def is_blocked(fields: Fields) -> bool:
        return held.decide(Question(fields, ANY_TIME)).outcome is Decided.BLOCK

    return is_blocked


def table(hidden: Outcome, plain: Outcome) -> dict[str, int | float]:
    """What was asked and found of each kind, and the two shares that count."""
    told: dict[str, int | float] = {}
    for kind, asked in hidden.asked.items():
        told |= {f"{kind} asked": asked, f"{kind} found": hidden.blocked[kind]}
    for make, asked in plain.asked.items():
        told |= {f"clean {make} asked": asked, f"clean {make} blocked": plain.blocked[make]}
    return {
        **told,
        "disguises": hidden.asked.total(),
        "recall": round(hidden.share(), 5),
        "kinds at 99 % or more": len(good_kinds(hidden)),
        "clean prompts": plain.asked.total(),
        "false blocks": plain.blocked.total(),
    }


def good_kinds(hidden: Outcome) -> list[str]:
    """The kinds of which enough was found."""
    return [kind for kind in hidden.asked if hidden.share(kind) >= RECALL]


def holds(hidden: Outcome, plain: Outcome) -> bool:
    """Whether the goal was met."""
    return (
        hidden.share() >= RECALL
        and len(good_kinds(hidden)) >= KINDS
        and plain.share() <= FALSE_BLOCKS
    )
