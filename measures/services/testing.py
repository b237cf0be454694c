"""The tests themselves: each asks one thing and says what it found. No database, nothing is changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from evidence.chain import Fact
from measures.checks import TESTS, Result, What
from measures.services.expectations import Block, Expectation
from measures.services.guard_probe import GuardProbe, GuardUnreachable
from platforms.answers import USER_STATES
from platforms.client import PlatformClient
from platforms.contract import PlatformError, TargetNotFound
from platforms.public import NotOurHost, PublicFace

AVAILABLE: Final = "available"  # the platform's own word
GONE: Final = frozenset({404, 410, 451})
# So many terms of a block are asked for in one round; the facts say how many there are.
MOST_TERMS: Final = 20
ANSWERS: Final[Mapping[str, frozenset[str]]] = {
    "block": frozenset({"block"}),
    "warn": frozenset({"warn", "block"}),
}


@dataclass(frozen=True)
class Eyes:
    """Through what is looked: the platform's own word, its public side, and our guard."""

    platform: PlatformClient
    public: PublicFace
    guard: GuardProbe


@dataclass(frozen=True)
class Finding:
    """What one test found."""

    what: What
    outcome: Result
    facts: Mapping[str, Fact] = field(default_factory=dict)


def examine(expected: Expectation, eyes: Eyes) -> list[Finding]:
    """Every test that can be made of this measure, one after the other."""
    return [
        _tested(what, expected, eyes) for what in TESTS[expected.family] if _can(what, expected)
    ]


def _can(what: What, expected: Expectation) -> bool:
    """A thing without address is not looked for there; without a sealed file there is nothing to compare."""
    if what == What.PUBLIC_URL:
        return bool(expected.url)
    if what == What.CONTENT_BYTES:
        return bool(expected.url and expected.frozen)
    return True


def _tested(what: What, expected: Expectation, eyes: Eyes) -> Finding:
    try:
        holds, facts = _TESTS[what](expected, eyes)
    except NotOurHost:
        return Finding(what, Result.UNREACHABLE, {"why": "host_not_configured"})
    except PlatformError as error:
        why = "refused" if error.permanent else "no_answer"
        return Finding(what, Result.UNREACHABLE, {"why": why})
    except GuardUnreachable as error:
        return Finding(what, Result.UNREACHABLE, {"why": str(error)})
    if holds is None:
        return Finding(what, Result.UNREACHABLE, facts)
    return Finding(what, Result.HOLDS if holds else Result.BROKEN, facts)


Found = tuple[bool | None, dict[str, Fact]]
"""Whether the promise holds (None: it cannot be told), and what was seen."""


def _state(expected: Expectation, eyes: Eyes) -> Found:
    try:
        record = eyes.platform.artefact(expected.target)
    except TargetNotFound:
        return not expected.lifted or expected.gone, {"state": "unknown"}
    shown = record.state == AVAILABLE
    if expected.lifted:
        return shown or expected.held, {"state": record.state, "held": expected.held}
    return not shown, {"state": record.state}


def _content(expected: Expectation, eyes: Eyes) -> Found:
    """Taken down: its address leads to the sealed file under no id. Given back: it is that very file."""
    if expected.lifted:
        return _given_back(expected, eyes)
    try:
        record = eyes.platform.resolve(expected.url)
    except TargetNotFound:
        return True, {"resolves": None}
    seen: dict[str, Fact] = {"resolves": record.id, "state": record.state}
    if record.state != AVAILABLE:
        return True, seen
    if record.id == expected.target:
        return False, seen
    sha256 = eyes.platform.content(record.id).sha256
    return sha256 not in expected.frozen, {**seen, "sha256": sha256}


def _given_back(expected: Expectation, eyes: Eyes) -> Found:
    if expected.held or expected.gone:
        return True, {"held": expected.held, "gone": expected.gone}
    try:
        sha256 = eyes.platform.content(expected.target).sha256
    except TargetNotFound:
        return False, {"sha256": None}
    return sha256 in expected.frozen, {"sha256": sha256}


def _public(expected: Expectation, eyes: Eyes) -> Found:
    seen = eyes.public.look(expected.url)
    facts: dict[str, Fact] = {
        "status": seen.status,
        "sha256": seen.sha256,
        "same_bytes": seen.sha256 in expected.frozen,
    }
    served = seen.status < 400
    if not served and seen.status not in GONE:
        return None, {**facts, "why": f"http_{seen.status}"}
    if expected.lifted:
        return served or expected.held or expected.gone, facts
    return not served, facts


def _standing(expected: Expectation, eyes: Eyes) -> Found:
    try:
        state = eyes.platform.user(expected.target).state
    except TargetNotFound:
        return not expected.lifted or expected.gone, {"standing": "unknown"}
    rank = USER_STATES.index(state)
    facts: dict[str, Fact] = {"standing": state, "expected": USER_STATES[expected.rank]}
    return (rank <= expected.rank if expected.lifted else rank >= expected.rank), facts


def _rule(expected: Expectation, eyes: Eyes) -> Found:
    """In force by our rows, and the guard holds a set of rules no older than the rule's last change."""
    block = _block_of(expected)
    facts: dict[str, Fact] = {"live": block.live, "version": block.version}
    if block.live == expected.lifted:
        return False, facts
    held = eyes.guard.version()
    return held >= block.version, {**facts, "guard": held}


def _prompt(expected: Expectation, eyes: Eyes) -> Found:
    """Every term is refused as the rule says, or no longer by this rule. Terms may be names: only places are told."""
    block = _block_of(expected)
    asked = block.terms[:MOST_TERMS]
    wrong = [place for place, term in enumerate(asked) if not _right(term, expected, eyes)]
    facts: dict[str, Fact] = {"asked": len(asked), "terms": len(block.terms), "wrong": list(wrong)}
    return not wrong, facts


def _right(term: str, expected: Expectation, eyes: Eyes) -> bool:
    block = _block_of(expected)
    fields = {"prompt": "", block.field: term}
    if block.territory:
        fields["territory"] = block.territory
    told = eyes.guard.ask(fields)
    if expected.lifted:
        return told.rule_id != block.rule_id
    if block.mode in ANSWERS:
        return told.decision in ANSWERS[block.mode]
    return bool(told.rule_id)  # a shadow rule speaks, and lets the prompt pass


def _block_of(expected: Expectation) -> Block:
    if expected.block is None:
        raise LookupError("Only a prompt block is asked for at the guard.")
    return expected.block


_TESTS: Final[Mapping[What, Callable[[Expectation, Eyes], Found]]] = {
    What.ARTEFACT_STATE: _state,
    What.CONTENT_BYTES: _content,
    What.PUBLIC_URL: _public,
    What.USER_STANDING: _standing,
    What.RULE: _rule,
    What.PROMPT: _prompt,
}
