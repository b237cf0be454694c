"""A regime pack: one legal procedure in one version, as frozen values read from `packs/<id>/<version>.toml`.

Every field is explained in `packs/schema.json`; the figures and their sources are in the pack file itself.
"""

from dataclasses import dataclass

from regimes.scope import AppliesTo, Transition
from regimes.vocabulary import (
    Answer,
    Bound,
    CaseKind,
    ClockKind,
    CompletenessRule,
    Form,
    Need,
    PutBackMode,
    Show,
    Unit,
)
from regimes.words import Sources, Text


@dataclass(frozen=True)
class Condition:
    """An element is required when the fact `fact` equals `equals`."""

    fact: str
    equals: bool | str
    label: Text


@dataclass(frozen=True)
class Element:
    """One thing a notice or counter-notice has to contain, or may."""

    key: str
    label: Text
    description: Text
    need: Need
    answer: Answer
    curable: bool
    source: Sources
    condition: Condition | None = None
    form: Form | None = None


@dataclass(frozen=True)
class Completeness:
    """The pack's rule about missing elements. `essential`: without these a notice has no effect (512(c)(3)(B)(ii))."""

    rule: CompletenessRule
    essential: tuple[str, ...]
    text: Text
    source: Sources


@dataclass(frozen=True)
class ForwardRule:
    """On `event`, tell `recipient` `content`, at the time in the law's words."""

    event: str
    recipient: str
    letter: str
    content: Text
    timing: Text
    source: Sources


@dataclass(frozen=True)
class Cap:
    """The longest a clock may run, whatever the house chose and however it was extended."""

    length: int
    unit: Unit
    calendar: str
    source: Sources


@dataclass(frozen=True)
class Clock:
    """Something owed by someone from an event on.

    `length` in `unit` counted by `calendar`, the trigger's day excluded, in `zone`, ending at `cutoff` of the last day.
    `standard` holds the law's own word where it gives no figure; a house SLA names in `standard_of` the soft standard
    that it puts a number to. `relative_to` is the event a STATUTORY_RELATIVE clock may not come after.
    """

    key: str
    label: Text
    trigger: str
    owes: str
    length: int
    unit: Unit
    calendar: str
    kind: ClockKind
    consequence: Text
    source: Sources
    zone: str
    cutoff: str
    roll: bool = True
    bound: Bound = Bound.NO_LATER_THAN
    extendable: bool = False
    cap: Cap | None = None
    standard: Text | None = None
    standard_of: str = ""
    relative_to: str = ""
    on_date: str = ""

    @property
    def has_figure(self) -> bool:
        """Whether a date can be computed for it."""
        return self.unit is not Unit.NONE

    @property
    def is_house_choice(self) -> bool:
        """Whether the figure is the operator's and not the law's."""
        return self.kind is ClockKind.HOUSE_SLA


@dataclass(frozen=True)
class WaitSetting:
    """One length of the waiting period that the law leaves open to the operator."""

    key: str
    label: Text
    length: int
    unit: Unit
    calendar: str
    source: Sources


@dataclass(frozen=True)
class Wait:
    """The waiting period after a counter-notice: the clock that runs and the settings the operator has for it.

    `setting` is the one in force, empty where the law leaves no choice. `window_end` names the clock by which the
    restoration has to be done where the law gives a window.
    """

    clock: str
    start_event: str
    setting: str
    settings: tuple[WaitSetting, ...]
    source: Sources
    window_end: str = ""


@dataclass(frozen=True)
class Hold:
    """An event that stops the waiting period or freezes the measures. `must_come_before_end`: only while it runs."""

    event: str
    label: Text
    effect: Text
    must_come_before_end: bool
    source: Sources


@dataclass(frozen=True)
class Policy:
    """How repeated infringement or abuse is met. The law names factors, seldom a number of times."""

    key: str
    ladder: tuple[str, ...]
    prior_warning: bool
    factors: tuple[Text, ...]
    text: Text
    source: Sources


@dataclass(frozen=True)
class Disclosure:
    """What one side may see of the other's data: shown, masked or hidden, and until when."""

    side: str
    item: str
    label: Text
    show: Show
    until: str
    reason: Text
    source: Sources


@dataclass(frozen=True)
class HumanReview:
    """A decision that may not be left to a machine."""

    decision: str
    text: Text
    source: Sources


@dataclass(frozen=True)
class Duty:
    """Something to be kept (retention), published or reported, in words; the clock that measures it if there is one."""

    key: str
    text: Text
    source: Sources
    clock: str = ""


@dataclass(frozen=True)
class LetterPart:
    """One thing a letter has to say."""

    key: str
    label: Text
    source: Sources


@dataclass(frozen=True)
class Letter:
    """What a letter to a party has to contain under this regime."""

    key: str
    label: Text
    parts: tuple[LetterPart, ...]


@dataclass(frozen=True)
class OpenQuestion:
    """A doubt about the law that counsel should settle; the pack says which reading it follows."""

    key: str
    text: Text


@dataclass(frozen=True)
class Pack:
    """One regime in one version.

    `sha256` identifies the rules in force: the file's own hash, or, where the operator overrode something, a hash over
    the file's hash and the overrides. `overrides` is the canonical JSON of those, empty when there are none.
    """

    id: str
    version: str
    title: Text
    summary: Text
    case_kind: CaseKind
    jurisdiction: str
    zone: str
    cutoff: str
    effective_from: str
    effective_to: str
    service_tier: str
    applies_to: AppliesTo
    transition: Transition
    sources: Sources
    notice_elements: tuple[Element, ...]
    counter_elements: tuple[Element, ...]
    completeness: Completeness
    forward_rules: tuple[ForwardRule, ...]
    clocks: tuple[Clock, ...]
    put_back_mode: PutBackMode
    put_back_source: Sources
    wait: Wait | None
    hold_events: tuple[Hold, ...]
    right_to_sue_text: Text
    right_to_sue_source: Sources
    renotice_bar: bool
    repeat_policy: Policy
    abuse_policy: tuple[Policy, ...]
    disclosures: tuple[Disclosure, ...]
    human_review_required: tuple[HumanReview, ...]
    retention: tuple[Duty, ...]
    publication: tuple[Duty, ...]
    reports: tuple[Duty, ...]
    letters: tuple[Letter, ...]
    open_questions: tuple[OpenQuestion, ...]
    sha256: str
    file_sha256: str
    overrides: str
    refusal_grounds: tuple[Duty, ...] = ()
    exemption_conditions: tuple[Duty, ...] = ()
