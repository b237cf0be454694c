"""Words of the desk that more than one page uses."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from counternotices.rules import ANSWER_COMPLAINT, PUT_BACK, REVIEW, RULING, SUE, WAIT, WINDOW
from measures.rules import TICKET, UPSTREAM
from notices.models import FileRole
from notices.rules import ACKNOWLEDGE, ANSWER, CLOSE_FILE, CURE_CONTACT, DECIDE, SUSPENSION

LABELS: Final[Mapping[str, Promise]] = {
    ACKNOWLEDGE: _("Acknowledge"),
    CURE_CONTACT: _("Ask for what is missing"),
    DECIDE: _("Decide"),
    ANSWER: _("Filer answers"),
    CLOSE_FILE: _("Put the file away"),
    SUSPENSION: _("The filer may file again"),
    REVIEW: _("Review the counter-notice"),
    WAIT: _("Right holder may sue"),
    PUT_BACK: _("Everything is back"),
    WINDOW: _("Complaints stay possible"),
    ANSWER_COMPLAINT: _("Answer the complaint"),
    RULING: _("The court rules"),
    SUE: _("The applicant sues"),
    UPSTREAM: _("Upstream provider acknowledges"),
    TICKET: _("Change the model"),
}

# What an exhibit is, and where it came from, in words.
ROLES: Final[Mapping[str, str | Promise]] = {
    **dict(FileRole.choices),
    "counter_notice": _("Paper of the counter-notice"),
    "suit_proof": _("Proof of suit or complaint"),
    "court_paper": _("Paper of the court"),
    "proceedings_end": _("Paper on how the proceedings ended"),
    "award_paper": _("Paper that names an award or costs"),
    "extension_paper": _("Paper behind more time"),
    "upstream_paper": _("Acknowledgement of an upstream provider"),
    "arrival_paper": _("Paper that shows a letter's arrival"),
}
SOURCES: Final[Mapping[str, Promise]] = {
    "filer": _("from the filer"),
    "respondent": _("from the affected user"),
    "platform": _("fetched from the platform"),
    "redress": _("made here"),
    "staff": _("recorded by staff"),
}
