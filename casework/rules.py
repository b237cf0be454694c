"""Words of the desk that more than one page uses."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from counternotices.rules import REVIEW, WAIT
from notices.rules import ACKNOWLEDGE, ANSWER, CLOSE_FILE, DECIDE

LABELS: Final[Mapping[str, Promise]] = {
    ACKNOWLEDGE: _("Acknowledge"),
    DECIDE: _("Decide"),
    ANSWER: _("Filer answers"),
    CLOSE_FILE: _("Put the file away"),
    REVIEW: _("Review the counter-notice"),
    WAIT: _("Right holder may sue"),
}
