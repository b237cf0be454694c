"""Recording the assessment sheet of a case: a further version, beside what the house knew at that moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from casework.assessment import facts
from casework.assessment.known import known
from casework.assessment.questions import EDITION, QUESTIONS, Question
from casework.assessment.sheet import canonical, digest
from casework.assessment_selectors import latest_assessment
from casework.models import Assessment
from common.actors import staff
from common.errors import Conflict, RedressError
from common.transactions import lock_case
from evidence.chain import Fact
from evidence.ledger import append, case_chain
from notices.access import require_role
from notices.models import Case
from users.models import User
from users.roles import CASEWORKERS

LONGEST_NOTE: Final = 5_000


@dataclass(frozen=True)
class Answer:
    """What a person found about one question, and why."""

    finding: str
    note: str = ""


@transaction.atomic
def assess(
    case_id: UUID, answers: Mapping[str, Answer], *, after: int, user: User, now: datetime
) -> Assessment:
    """Record a version of the sheet; `after` is the version that the person had before them, 0 for none.

    At any state of the case: courts ask long after it is closed. The ledger gets the sheet's hash, and the
    sheet itself as erasable text. Raises Forbidden, RedressError for a question or finding that there is
    not and for a lens without a conclusion, and Conflict when somebody recorded another version meanwhile.
    """
    require_role(user, *CASEWORKERS)
    _check(answers)
    lock_case(case_id)
    last = latest_assessment(case_id)
    _check_turn(last, after)
    case = Case.objects.get(id=case_id)
    held = {key: [one.data() for one in lines] for key, lines in known(facts.read(case)).items()}
    given = {key: {"finding": one.finding, "note": one.note} for key, one in answers.items()}
    content = canonical(case.reference, after + 1, EDITION, given, held)
    row = Assessment.objects.create(
        case=case,
        version=after + 1,
        at=now,
        by=user,
        edition=EDITION,
        answers=given,
        held=held,
        sha256=digest(content),
    )
    _record(row, content)
    return row


def _record(row: Assessment, content: bytes) -> None:
    told: dict[str, Fact] = {
        "assessment": str(row.id),
        "version": row.version,
        "edition": row.edition,
        "answered": len(row.answers),
        "sha256": row.sha256,
    }
    append(
        case_chain(row.case_id),
        "assessment.recorded",
        actor=staff(row.by_id),
        at=row.at,
        facts=told,
        payload=content,
    )


def _check(answers: Mapping[str, Answer]) -> None:
    wrong: dict[str, str] = {}
    for key, answer in answers.items():
        question = QUESTIONS.get(key)
        if question is None or answer.finding not in question.findings:
            wrong[key] = _("Choose one of the findings that this question has.")
        elif len(answer.note) > LONGEST_NOTE:
            wrong[key] = _("Shorten this note to %(n)s characters.") % {"n": LONGEST_NOTE}
    for key, question in QUESTIONS.items():
        if question.required and key not in answers:
            wrong[key] = no_conclusion(question)
    if wrong:
        raise RedressError(_("The sheet cannot be recorded like this."), fields=wrong)


def no_conclusion(question: Question) -> str:
    """What is said of a lens that was left out."""
    return _("%(question)s: draw it, or say that it is open.") % {"question": question.title}


def _check_turn(last: Assessment | None, after: int) -> None:
    if last is None and after == 0:
        return
    if last is None or last.version != after:
        raise Conflict(
            _(
                "%(name)s recorded version %(version)s meanwhile. Look at it, then press once more: "
                "what you typed is below."
            )
            % {"name": last.by.name if last else "–", "version": last.version if last else 0}
        )
