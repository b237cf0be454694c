"""How many disguised names are found, kind by kind, and how many clean prompts are blocked."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from random import Random
from typing import Final

from screening.corpus.evasions import KINDS, SPLIT_FIELDS, is_chinese
from screening.corpus.innocents import MAKES, names_someone
from screening.corpus.samples import Sample

FAILURES_KEPT: Final = 400
Fields = Mapping[str, str]
Judge = Callable[[Fields], bool]
"""Says whether the prompt with these fields (`prompt`, and sometimes `negative_prompt`) is blocked."""


@dataclass(frozen=True)
class Prompt:
    """A labelled prompt: of which kind, and for a disguise whose name it hides."""

    kind: str
    fields: Fields
    name: str = ""


@dataclass
class Outcome:
    """`asked` and `blocked` by kind; the failures are disguises let through and clean prompts blocked."""

    asked: Counter[str] = field(default_factory=Counter)
    blocked: Counter[str] = field(default_factory=Counter)
    failures: list[Prompt] = field(default_factory=list)

    def share(self, *kinds: str) -> float:
        """The share of prompts of these kinds that were blocked; of all when none is named."""
        chosen = kinds or tuple(self.asked)
        return sum(self.blocked[k] for k in chosen) / max(1, sum(self.asked[k] for k in chosen))


def disguised(sample: Sample, each: int, seed: int) -> Iterator[Prompt]:
    """For every name and kind `each` prompts; none where the kind leaves the name as it is."""
    draw = Random(seed)  # noqa: S311 - a corpus, no secrets
    for kind, evasion in KINDS.items():
        for name in sample.names:
            for _ in range(each):
                hidden = evasion(name, draw)
                if hidden != name:
                    yield Prompt(kind, {"prompt": _carried(hidden, name, sample, draw)}, name)
    for name in sample.names:
        for _ in range(each):
            yield Prompt(SPLIT_FIELDS, _split(name, sample, draw), name)


def _carried(hidden: str, name: str, sample: Sample, draw: Random) -> str:
    return _carrier(name, sample, draw).format(hidden)


def _carrier(name: str, sample: Sample, draw: Random) -> str:
    return draw.choice(sample.chinese_carriers if is_chinese(name) else sample.english_carriers)


def _split(name: str, sample: Sample, draw: Random) -> Fields:
    """The name cut in two: one half ends a field, the other begins the other field."""
    place = draw.randint(1, len(name) - 1)
    first, last = name[:place].rstrip(), name[place:].lstrip()
    before, after = _carrier(name, sample, draw).split("{}")
    negative = draw.choice(sample.negatives)
    if draw.random() < 0.5:
        return {"prompt": f"{before}{first}", "negative_prompt": f"{last}, {negative}"}
    return {"prompt": f"{last} {after}", "negative_prompt": f"{negative}, {first}"}


def clean(sample: Sample, count: int, seed: int) -> Iterator[Prompt]:
    """Clean prompts of all makes in turn, half of them with a negative prompt."""
    return islice(_clean(sample, Random(seed)), count)  # noqa: S311 - a corpus, no secrets


def _clean(sample: Sample, draw: Random) -> Iterator[Prompt]:
    while True:
        for make in MAKES:
            prompt = make(sample, draw)
            if names_someone(prompt, sample):
                continue
            fields = {"prompt": prompt}
            if draw.random() < 0.5:
                fields["negative_prompt"] = draw.choice(sample.negatives)
            yield Prompt(make.__name__, fields)


def judge(prompts: Iterator[Prompt], is_blocked: Judge) -> Outcome:
    """Ask about every prompt and count."""
    outcome = Outcome()
    for prompt in prompts:
        blocked = is_blocked(prompt.fields)
        outcome.asked[prompt.kind] += 1
        outcome.blocked[prompt.kind] += blocked
        if blocked != bool(prompt.name) and len(outcome.failures) < FAILURES_KEPT:
            outcome.failures.append(prompt)
    return outcome
