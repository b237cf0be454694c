"""Words of the desk that more than one page uses."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from counternotices.rules import REVIEW, WAIT
from notices.models import FileRole
from notices.rules import ACKNOWLEDGE, ANSWER, CLOSE_FILE, CURE_CONTACT, DECIDE

LABELS: Final[Mapping[str, Promise]] = {
    ACKNOWLEDGE: _("Acknowledge"),
    CURE_CONTACT: _("Ask for what is missing"),
    DECIDE: _("Decide"),
    ANSWER: _("Filer answers"),
    CLOSE_FILE: _("Put the file away"),
    REVIEW: _("Review the counter-notice"),
    WAIT: _("Right holder may sue"),
}

# What an exhibit is, and where it came from, in words.
ROLES: Final[Mapping[str, str | Promise]] = {
    **dict(FileRole.choices),
    "counter_notice": _("Paper of the counter-notice"),
    "suit_proof": _("Proof of suit or complaint"),
}
SOURCES: Final[Mapping[str, Promise]] = {
    "filer": _("from the filer"),
    "respondent": _("from the affected user"),
    "platform": _("fetched from the platform"),
    "redress": _("made here"),
}
