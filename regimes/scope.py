"""Where a pack is meant to apply, and what a new version of it means for cases that already run."""

from dataclasses import dataclass

from regimes.vocabulary import Surface, TransitionRule
from regimes.words import Sources, Text


@dataclass(frozen=True)
class AppliesTo:
    """The service surfaces and territories (ISO 3166, or EU) a pack is meant for: a proposal, the operator chooses."""

    surfaces: tuple[Surface, ...]
    territories: tuple[str, ...]
    text: Text
    source: Sources


@dataclass(frozen=True)
class Transition:
    """What this version means for cases that began under an earlier one, and why."""

    rule: TransitionRule
    text: Text
    source: Sources
