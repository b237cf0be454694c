"""What the engine is asked and what it answers: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from .territories import covers


class Mode(StrEnum):
    """What a rule does when it matches, strongest first."""

    BLOCK = "block"
    WARN = "warn"
    SHADOW = "shadow"

    @property
    def rank(self) -> int:
        """0 for the strongest."""
        return list(Mode).index(self)


class Outcome(StrEnum):
    """What the service is told to do with the prompt."""

    ALLOW = "allow"
    WARN = "warn"
    BLOCK = "block"


class How(StrEnum):
    """What had to be undone to see the term, in the order in which it is told."""

    FIELDS = "fields"  # begun at the end of one field and ended at the start of another
    BACKWARDS = "backwards"  # the letters of the name, or of each of its words, in reverse
    PINYIN = "pinyin"  # Chinese characters written by their sound, with tones or without
    LEET = "leet"  # digits and signs for letters
    STRETCHED = "stretched"  # a letter repeated
    FILLER = "filler"  # pictures, signs or letters put between the letters
    SPACING = "spacing"  # letters apart
    HIDDEN = "hidden"  # characters that nobody sees
    MARKS = "marks"  # accents and other marks upon letters
    WIDTH = "width"  # full width, framed, mathematical and other shapes of a letter
    ALPHABET = "alphabet"  # letters of another alphabet that look the same
    SCRIPT = "script"  # traditional characters


@dataclass(frozen=True, slots=True)
class Rule:
    """One live prompt rule. `terms` and `allow` are as people wrote them; `expires_at` is UTC."""

    id: UUID
    version: int
    terms: tuple[str, ...]
    allow: tuple[str, ...] = ()
    fields: tuple[str, ...] = ("prompt",)
    territory: str = ""
    mode: Mode = Mode.BLOCK
    reason: str = ""
    case: str = ""
    user_message: Mapping[str, str] = field(default_factory=dict)
    appeal_url: str = ""
    expires_at: datetime | None = None

    def applies(self, where: str, question: "Question") -> bool:
        """Whether the rule speaks about the field called `where`, in the question's place and time."""
        if where not in self.fields or not covers(self.territory, question.territory):
            return False
        return self.expires_at is None or question.at < self.expires_at

    @property
    def precedence(self) -> tuple[int, int, UUID]:
        """The smallest wins: the strongest mode, then the oldest rule."""
        return (self.mode.rank, self.version, self.id)


@dataclass(frozen=True, slots=True)
class Question:
    """A prompt's fields by name, where it is used (None: not said, every rule applies) and when."""

    fields: Mapping[str, str]
    at: datetime
    territory: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """Where a term stands: a half-open span of code points in the field as it was sent.

    `how` is what had to be undone to see it: nothing when it is written as in the rule, but for case.
    """

    field: str
    start: int
    end: int
    text: str
    normalized: str
    how: tuple[How, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer. A shadow rule that matched is named, and the outcome is still `allow`."""

    outcome: Outcome
    rule: Rule | None = None
    matches: tuple[Match, ...] = ()

    @property
    def in_shadow(self) -> bool:
        """Whether the rule that matched only watches."""
        return self.rule is not None and self.rule.mode is Mode.SHADOW


NOTHING_FOUND = Decision(Outcome.ALLOW)
OUTCOMES = {Mode.BLOCK: Outcome.BLOCK, Mode.WARN: Outcome.WARN, Mode.SHADOW: Outcome.ALLOW}
