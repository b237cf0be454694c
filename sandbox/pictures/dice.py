"""Chance that always falls the same way: the picture of a prompt must be the same bytes tomorrow."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

Choice = TypeVar("Choice")


class Dice:
    """Numbers drawn from SHA-256 of a seed text and a counter: stable across Python releases."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._throws = 0

    def throw(self) -> float:
        """The next number, 0 <= n < 1."""
        self._throws += 1
        digest = hashlib.sha256(f"{self._seed}#{self._throws}".encode()).digest()
        return int.from_bytes(digest[:6], "big") / 2**48

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self.throw()

    def pick(self, choices: Sequence[Choice]) -> Choice:
        return choices[int(self.throw() * len(choices))]

    def chance(self, probability: float) -> bool:
        return self.throw() < probability
