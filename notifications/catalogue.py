"""Every letter there is. Its words are in templates/letters/<id>/{subject.txt,body.txt,body.html}.

Give a letter a new version whenever its words change in meaning: what was sent keeps the version it was
written under. The rooms that send a letter write its templates; here stands what each needs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

BASE_KEYS: Final = frozenset({"reference", "link"})
"""What every letter needs: the human reference of the case, and the absolute address of the
recipient's own page ('' where there is none)."""


@dataclass(frozen=True)
class Letter:
    """A letter: to whom it may go, and which keys its context needs besides BASE_KEYS."""

    id: str
    version: int
    parties: frozenset[str]
    keys: frozenset[str] = frozenset()


class UnknownLetter(LookupError):
    """There is no such letter: add it to notifications/catalogue.py, with its templates."""


class WrongParty(ValueError):
    """This letter is not for this party: see notifications/catalogue.py."""


class MissingKeys(ValueError):
    """The letter lacks something it has to say; a letter with a gap is never written."""


def _both(id: str, *keys: str, version: int = 1) -> Letter:
    return Letter(id, version, frozenset({"filer", "respondent"}), frozenset(keys))


def _letter(id: str, party: str, *keys: str, version: int = 1) -> Letter:
    return Letter(id, version, frozenset({party}), frozenset(keys))


COURT_KEYS: Final = ("sentence", "measures", "court", "order_reference", "effective")
UPSTREAM_KEYS: Final = ("work_title", "family", "target", "terms", "generations")
ABUSE_KEYS: Final = ("said", "law", "policy", "factors", "reasons", "until", "address")
PROBE_KEYS: Final = (
    *("model", "build", "kept", "asked", "refused"),
    *("adversarial_kept", "adversarial_asked"),
)
PROCEEDINGS_KEYS: Final = ("counter_reference", "body", "outcome", "effective", "sentence")

LETTERS: Final[dict[str, Letter]] = {
    letter.id: letter
    for letter in (
        # to the right holder or their agent
        _letter("receipt", "filer", "work_title"),
        _letter("find_link", "filer"),
        _letter("information_requested", "filer", "work_title", "elements", "message"),
        _letter("notice_accepted", "filer", "work_title", "reasons", "items", "count"),
        _letter("notice_declined", "filer", "work_title", "reasons"),
        _letter("notice_withdrawn", "filer", "work_title"),
        _letter("notice_lapsed", "filer", "work_title"),
        _letter(
            "counter_notice_to_filer",
            "filer",
            "work_title",
            "counter_reference",
            "reason",
            "answers",
            "signature",
            "files",
            "right_to_sue",
            "period",
            version=2,
        ),
        _letter("suit_in_time_filer", "filer", "counter_reference"),
        _letter("suit_late_filer", "filer", "counter_reference"),
        _letter("restored_filer", "filer", "counter_reference", "why", version=2),
        _letter("complaint_received_filer", "filer", "complaint_reference"),
        _letter(
            "complaint_answered_filer",
            "filer",
            "complaint_reference",
            "outcome",
            "reasons",
            "redress",
        ),
        _letter("court_order_filer", "filer", *COURT_KEYS),
        _letter("proceedings_ended_filer", "filer", *PROCEEDINGS_KEYS),
        _letter("training_answered", "filer", "work_title", "reasons"),
        _letter("model_verified", "filer", "work_title", *PROBE_KEYS),
        _letter("model_regressed", "filer", "work_title", *PROBE_KEYS),
        _letter(
            "training_role_answered",
            "filer",
            "work_title",
            "model",
            "trained_by",
            "here",
            "reasons",
        ),
        _letter("filer_warned", "filer", "law", "policy", "factors", "reasons", "address"),
        _letter(
            "filer_suspended", "filer", "law", "policy", "factors", "reasons", "until", "address"
        ),
        _letter("filer_suspension_ended", "filer"),
        _letter("filer_sanction_lifted", "filer", "reasons", "level"),
        # to either side
        Letter(
            "date_moved",
            1,
            frozenset({"filer", "respondent"}),
            frozenset({"clock", "regime", "before", "after", "why"}),
        ),
        # to the affected user
        _letter(
            "statement_of_reasons",
            "respondent",
            "filer",
            "work_title",
            "items",
            "points",
            "reasons",
            "measures",
            "what_next",
            version=2,
        ),
        _letter(
            "stay_down_statement",
            "respondent",
            "filer",
            "work_title",
            "how",
            "items",
            "taken_over",
            "reasons",
            "measures",
            "what_next",
        ),
        _letter("counter_notice_received", "respondent", "counter_reference"),
        _letter("counter_notice_incomplete", "respondent", "counter_reference", "elements"),
        _letter("counter_notice_forwarded", "respondent", "counter_reference", "period"),
        _letter("counter_notice_rejected", "respondent", "counter_reference", "reasons"),
        _letter("suit_in_time_respondent", "respondent", "counter_reference"),
        _letter("suit_late_respondent", "respondent", "counter_reference"),
        _letter("notice_ended_respondent", "respondent"),
        _letter("restored_respondent", "respondent", "counter_reference", "why", version=3),
        _letter(
            "complaint_answered_respondent",
            "respondent",
            "counter_reference",
            "outcome",
            "reasons",
            "redress",
        ),
        _letter("sanction_appeal_received", "respondent", "appeal", "sanction", "until"),
        _letter(
            "sanction_appeal_answered", "respondent", "appeal", "sanction", "justified", "reasons"
        ),
        _letter("measure_lengthened", "respondent", "measure", "before", "after"),
        _letter("counter_sanction", "respondent", *ABUSE_KEYS),
        _letter("court_order_respondent", "respondent", *COURT_KEYS),
        _letter("proceedings_ended_respondent", "respondent", *PROCEEDINGS_KEYS),
        # to the third party whose model made the thing through an API
        _letter("upstream_request", "upstream", *UPSTREAM_KEYS, "until"),
        _letter("upstream_ended", "upstream", *UPSTREAM_KEYS),
        # to both sides
        _both("conflict_opened", "releases", "holds"),
        _both("conflict_kept", "releases", "holds", "reasons"),
        _both("conflict_restored", "releases", "holds", "reasons"),
    )
}

OUTSIDE_CASES: Final = frozenset({"draft_link", "clock_warning", "measure_broken"})
"""Mails to nobody's case file: to somebody who has no case yet, or among staff. Never stored as a message."""


def letter(id: str, party: str, context: Mapping[str, Any]) -> Letter:
    """The letter, ready to be written. Raises UnknownLetter, WrongParty, MissingKeys (naming the keys)."""
    if id not in LETTERS:
        raise UnknownLetter(f"{id}: {UnknownLetter.__doc__}")
    found = LETTERS[id]
    if party not in found.parties:
        raise WrongParty(f"{id} to {party}: {WrongParty.__doc__}")
    missing = sorted(key for key in found.keys | BASE_KEYS if context.get(key) is None)
    if missing:
        raise MissingKeys(f"{id} lacks {', '.join(missing)}: {MissingKeys.__doc__}")
    return found
