"""The rules as one process holds them: immutable, so that checks never wait for a change."""

import math
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from redress_client.matching import Rule, RuleSet
from redress_client.pages import Page
from redress_client.signatures import UNSIGNED


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment by both clocks: the time of day (UTC), and this machine's ticks, which nobody sets."""

    at: datetime
    ticks: float

    @classmethod
    def now(cls) -> "Moment":
        """This moment."""
        return cls(datetime.now(UTC), time.monotonic())

    @classmethod
    def earlier(cls, at: datetime) -> "Moment":
        """A moment that another process wrote down; endlessly long ago when it lies ahead: a clock is wrong."""
        now = cls.now()
        passed = (now.at - at).total_seconds()
        return cls(at, now.ticks - passed if passed >= 0 else -math.inf)

    def age(self) -> float:
        """Seconds since then."""
        return time.monotonic() - self.ticks


@dataclass(frozen=True)
class Held:
    """All rules of `version`. `key` signed them; `etag` marks the answer that nothing came after them;
    `confirmed` is when the house was last asked and knew nothing newer."""

    version: int
    known: Mapping[UUID, Rule]
    rules: RuleSet
    confirmed: Moment
    key: str = UNSIGNED
    etag: str = ""

    @classmethod
    def whole(cls, version: int, rules: Iterable[Rule], confirmed: Moment) -> "Held":
        """With everything built anew."""
        known = {rule.id: rule for rule in rules}
        return cls(version, known, RuleSet.build(known.values(), version), confirmed)


@dataclass
class Changes:
    """What the pages of one refresh tell together, so that the rules are built once."""

    version: int = 0
    new: dict[UUID, Rule] = field(default_factory=dict)
    ended: set[UUID] = field(default_factory=set)

    def add(self, page: Page) -> None:
        """What came after the pages before."""
        self.version = page.version
        self.ended |= page.ended
        self.new = {id: rule for id, rule in self.new.items() if id not in page.ended}
        self.new |= page.rules

    def upon(self, held: Held | None, confirmed: Moment) -> Held:
        """What is held after them; from nothing, they are everything."""
        if held is None:
            return Held.whole(self.version, self.new.values(), confirmed)
        kept = {id: rule for id, rule in held.known.items() if id not in self.ended}
        known = kept | self.new
        rules = held.rules.changed(self.version, new=list(self.new.values()), ended=self.ended)
        if kept.keys() & self.new.keys() or len(rules) != len(known):
            return Held.whole(self.version, known.values(), confirmed)  # a rule was told again
        return Held(self.version, known, rules, confirmed)
