"""The filer's complaint as their own page tells of it."""

from dataclasses import dataclass

from django.utils.translation import get_language

from counternotices.models import Complaint
from counternotices.presenters import clocks
from counternotices.rules import ANSWER_COMPLAINT
from counternotices.selectors import complaints_of
from counternotices.services.complaints import complainable
from counternotices.services.windows import filer_window
from deadlines.selectors import running_for_case
from notices.languages import tag
from notices.models import Case


@dataclass(frozen=True)
class Complaining:
    """Whether the filer may complain and until when; what they filed, and what was answered."""

    may: bool
    clocks: list[clocks.Clock]
    filed: list[tuple[Complaint, str]]


def complaining(case: Case) -> Complaining:
    """In the active language. A window that has closed is shown on the page behind the link."""
    regimes = complainable(case)
    language = tag(get_language())
    rows = [row for regime in regimes if (row := filer_window(regime))]
    rows += [row for row in running_for_case(case.id) if row.kind == ANSWER_COMPLAINT]
    filed = [(one, one.reasons.get(language, "")) for one in complaints_of(case.id)]
    return Complaining(bool(regimes), clocks.told(rows, clocks.TO_FILER), filed)
