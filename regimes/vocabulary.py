"""The closed lists of words a pack is written in; `packs/schema.json` allows the same ones."""

from enum import StrEnum


class Need(StrEnum):
    """Whether the law wants an element: always, never, or when a condition holds."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    REQUIRED_IF = "required_if"


class Answer(StrEnum):
    """The shape in which a filer gives an element."""

    TEXT = "text"
    STATEMENT = "statement"
    LIST = "list"
    FILES = "files"


class Form(StrEnum):
    """What an answer has to look like beyond its shape; see `looks`."""

    CONTACT = "contact"
    ADDRESS = "address"
    LOCATION = "location"


class Unit(StrEnum):
    """What a clock counts. NONE: the law gives no figure, so there is no date to compute."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"
    HOURS = "hours"
    NONE = "none"


class ClockKind(StrEnum):
    """Where a clock's figure comes from. Only a HOUSE_SLA may be changed by the operator."""

    STATUTORY_NUMBER = "statutory_number"
    STATUTORY_RELATIVE = "statutory_relative"
    STATUTORY_DATE = "statutory_date"
    SOFT_STANDARD = "soft_standard"
    HOUSE_SLA = "house_sla"
    COURT_DRIVEN = "court_driven"
    STANDING_RULE = "standing_rule"


class Bound(StrEnum):
    """What the end of a clock limits: act by then, not earlier than then, or keep at least until then."""

    NO_LATER_THAN = "no_later_than"
    NOT_BEFORE = "not_before"
    AT_LEAST = "at_least"


class PutBackMode(StrEnum):
    """What a counter-notice does to the measures."""

    WAIT_THEN_END = "wait_then_end"
    RESTORE_IMMEDIATELY_BAR_RENOTICE = "restore_immediately_bar_renotice"
    WAIT_THEN_RESTORE_WINDOW = "wait_then_restore_window"
    REVERSE_ON_MERITS = "reverse_on_merits"
    NONE = "none"


class Show(StrEnum):
    """How much of the other's data one side sees, the least first."""

    HIDDEN = "hidden"
    MASKED = "masked"
    SHOWN = "shown"


class CompletenessRule(StrEnum):
    """What follows from a missing element."""

    REFUSE_ON_MISSING = "refuse_on_missing"
    SUBSTANTIAL = "substantial"
    NEVER_REFUSE = "never_refuse"


class CaseKind(StrEnum):
    """What a case under the pack is about: somebody's output, or how a model was trained."""

    OUTPUT_NOTICE = "output_notice"
    TRAINING_COMPLAINT = "training_complaint"


class Surface(StrEnum):
    """The kinds of service a pack is meant for; those of `platforms` and the marketplace."""

    GENERATION = "generation"
    STORAGE = "storage"
    LINK = "link"
    MARKETPLACE = "marketplace"


class TransitionRule(StrEnum):
    """What a new version means for cases that run under an earlier one.

    KEEP: they stay. APPLY_FROM_EFFECTIVE: a person may move a case to it from the day the version is in force, and its
    clocks run on as they began. APPLY_TO_OPEN_STAGE: the same, and the clocks that are open are computed anew.
    """

    KEEP = "keep"
    APPLY_FROM_EFFECTIVE = "apply_from_effective"
    APPLY_TO_OPEN_STAGE = "apply_to_open_stage"
