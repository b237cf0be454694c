"""What is missing from a notice? A pure question to a pack: the machine proposes, a person decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from regimes.looks import denies, doubt
from regimes.pack import Element, Pack
from regimes.vocabulary import Answer, CompletenessRule, Need
from regimes.words import Sources, Text

Facts = Mapping[str, object]
"""What was filed, by element key: text, True for a statement made, a list, or the number of files."""

LEAST_TEXT = 2


class Finding(StrEnum):
    """What the machine sees of one element."""

    PRESENT = "present"
    MISSING = "missing"
    UNCLEAR = "unclear"


class Status(StrEnum):
    """What the findings amount to.

    CURABLE and INEFFECTIVE are the two grades of 17 USC 512(c)(3)(B): the provider owes help, or the notice does not count.
    """

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    CURABLE = "curable"
    INEFFECTIVE = "ineffective"


class Knowledge(StrEnum):
    """What a notice as it stands does to the provider's knowledge of the infringement.

    COUNTS_UNLESS_HELPED: it counts unless the provider promptly tries to help cure it (17 USC 512(c)(3)(B)(ii)).
    """

    ARISES = "arises"
    MAY_NOT_ARISE = "may_not_arise"
    COUNTS_UNLESS_HELPED = "counts_unless_helped"
    DOES_NOT_ARISE = "does_not_arise"


@dataclass(frozen=True)
class Examined:
    """One element, what was found, and why. `required` is worked out from the facts for a conditional element."""

    element: Element
    finding: Finding
    required: bool
    reason: Text

    @property
    def wanting(self) -> bool:
        return self.required and self.finding is not Finding.PRESENT

    @property
    def source(self) -> Sources:
        return self.element.source


@dataclass(frozen=True)
class Completeness:
    """The proposal put before the person who decides.

    `may_refuse` is false where the law lets no missing element justify a refusal (EU); `effect` then says what follows
    instead. `to_ask` is exactly what a request for information would name.
    """

    status: Status
    examined: tuple[Examined, ...]
    may_refuse: bool
    effect: Text
    source: Sources

    @property
    def missing(self) -> tuple[Examined, ...]:
        return tuple(
            one for one in self.examined if one.required and one.finding is Finding.MISSING
        )

    @property
    def unclear(self) -> tuple[Examined, ...]:
        return tuple(
            one for one in self.examined if one.required and one.finding is Finding.UNCLEAR
        )

    @property
    def knowledge(self) -> Knowledge:
        """DSA 16(3), 17 USC 512(c)(3)(B), network provisions art. 13: an incomplete notice may found no knowledge."""
        return _KNOWLEDGE[self.status]

    @property
    def to_ask(self) -> tuple[Examined, ...]:
        return tuple(one for one in self.examined if one.wanting and one.element.curable)


def examine(pack: Pack, facts: Facts) -> Completeness:
    """Each element of a notice against `facts`, and the status under the pack's rule."""
    return _summary(pack, tuple(_examine(element, facts) for element in pack.notice_elements))


def examine_counter(pack: Pack, facts: Facts) -> Completeness:
    """The same for a counter-notice, statement of non-infringement or internal complaint."""
    return _summary(pack, tuple(_examine(element, facts) for element in pack.counter_elements))


def may_refuse(pack: Pack) -> bool:
    """Whether the pack lets a missing element justify a refusal."""
    return pack.completeness.rule is not CompletenessRule.NEVER_REFUSE


def _summary(pack: Pack, examined: Sequence[Examined]) -> Completeness:
    rule = pack.completeness
    return Completeness(
        status=_status(rule.rule, rule.essential, examined),
        examined=tuple(examined),
        may_refuse=may_refuse(pack),
        effect=rule.text,
        source=rule.source,
    )


def _status(
    rule: CompletenessRule, essential: Sequence[str], examined: Sequence[Examined]
) -> Status:
    wanting = [one for one in examined if one.wanting]
    if not wanting:
        return Status.COMPLETE
    if rule is not CompletenessRule.SUBSTANTIAL:
        return Status.INCOMPLETE
    lost = [one for one in wanting if one.finding is Finding.MISSING]
    ineffective = any(one.element.key in essential for one in lost)
    return Status.INEFFECTIVE if ineffective else Status.CURABLE


def _examine(element: Element, facts: Facts) -> Examined:
    required, certain = _required(element, facts)
    finding, reason = _SHAPES[element.answer](facts.get(element.key))
    if finding is Finding.PRESENT and element.form:
        doubtful = doubt(element.form, _entries(facts[element.key]))
        if doubtful:
            return Examined(element, Finding.UNCLEAR, required, doubtful)
    if finding is Finding.MISSING and not certain:
        return Examined(element, Finding.UNCLEAR, required, _UNDECIDED)
    return Examined(element, finding, required, reason)


def _required(element: Element, facts: Facts) -> tuple[bool, bool]:
    """Whether the element is required here, and whether that is known at all."""
    if element.need is not Need.REQUIRED_IF or element.condition is None:
        return element.need is Need.REQUIRED, True
    if facts.get(element.condition.fact) is None:
        return True, False
    return facts[element.condition.fact] == element.condition.equals, True


def _entries(value: object) -> list[str]:
    return [str(entry) for entry in value] if isinstance(value, (list, tuple)) else [str(value)]


def _text(value: object) -> tuple[Finding, Text]:
    if value is None or (isinstance(value, str) and not value.strip()):
        return Finding.MISSING, _NOTHING
    if not isinstance(value, str) or len(value.strip()) < LEAST_TEXT:
        return Finding.UNCLEAR, _TOO_SHORT
    return Finding.PRESENT, _GIVEN


def _statement(value: object) -> tuple[Finding, Text]:
    if isinstance(value, str) and denies(value):
        return Finding.MISSING, _NOT_MADE
    if value is True or (isinstance(value, str) and value.strip()):
        return Finding.PRESENT, _MADE
    return (Finding.MISSING, _NOT_MADE) if not value else (Finding.UNCLEAR, _NOT_A_STATEMENT)


def _list(value: object) -> tuple[Finding, Text]:
    if isinstance(value, str):
        return _text(value)
    entries = list(value) if isinstance(value, (list, tuple)) else []
    blank = [entry for entry in entries if not str(entry or "").strip()]
    if len(entries) == len(blank):
        return Finding.MISSING, _NOTHING
    return (Finding.UNCLEAR, _SOME_BLANK) if blank else (Finding.PRESENT, _GIVEN)


def _files(value: object) -> tuple[Finding, Text]:
    if isinstance(value, bool) or value is None:
        return (Finding.PRESENT, _GIVEN) if value else (Finding.MISSING, _NO_FILE)
    if isinstance(value, int):
        return (Finding.PRESENT, _GIVEN) if value > 0 else (Finding.MISSING, _NO_FILE)
    finding, reason = _list(value)
    return (finding, _NO_FILE) if finding is Finding.MISSING else (finding, reason)


_KNOWLEDGE = {
    Status.COMPLETE: Knowledge.ARISES,
    Status.INCOMPLETE: Knowledge.MAY_NOT_ARISE,
    Status.CURABLE: Knowledge.COUNTS_UNLESS_HELPED,
    Status.INEFFECTIVE: Knowledge.DOES_NOT_ARISE,
}
_SHAPES = {
    Answer.TEXT: _text,
    Answer.STATEMENT: _statement,
    Answer.LIST: _list,
    Answer.FILES: _files,
}

_GIVEN = Text("Given.", "已提供。")
_MADE = Text("The statement was made.", "已作出声明。")
_NOTHING = Text("Nothing was given.", "未提供。")
_NOT_MADE = Text("The statement was not made.", "未作出声明。")
_NO_FILE = Text("No file was attached.", "未附文件。")
_TOO_SHORT = Text(
    "Something was given, but too little to tell what is meant.", "已提供，但内容过少，无法判断。"
)
_NOT_A_STATEMENT = Text("Something was given, but it is no statement.", "已提供，但并非声明。")
_SOME_BLANK = Text("Some entries are empty.", "部分条目为空。")
_UNDECIDED = Text(
    "Whether this is required depends on an answer that was not given.",
    "是否必须提供取决于尚未回答的事项。",
)
