"""Telling affected users that the notice against them was withdrawn."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from common.actors import SWEEP
from common.transactions import lock_case
from counternotices.models import CounterNotice
from counternotices.services.letters import to_respondent
from measures.selectors import people_affected
from notices.models import Case
from notices.states import CaseState
from notifications.models import Message

_TOLD_OF_NOTICE: Final = "statement_of_reasons"
_TOLD_OF_END: Final = "notice_ended_respondent"


def untold() -> QuerySet[Case]:
    """Withdrawn cases whose affected users were told of the notice and not yet of its end."""
    letters = Message.objects.filter(case_id=OuterRef("id"))
    return Case.objects.filter(
        Exists(letters.filter(template=_TOLD_OF_NOTICE)),
        ~Exists(letters.filter(template=_TOLD_OF_END)),
        state=CaseState.WITHDRAWN,
    )


@transaction.atomic
def tell(case_id: UUID, *, now: datetime) -> int:
    """One letter to each affected user who filed no counter-notice; whoever did has one of their own."""
    lock_case(case_id)
    case = untold().filter(id=case_id).first()
    if case is None:
        return 0
    answers = CounterNotice.objects.filter(case_regime__case=case)
    authors = set(answers.values_list("respondent_id", flat=True))
    people = [person for person in people_affected(case) if person.id not in authors]
    for person in people:
        to_respondent(_TOLD_OF_END, case, person, {}, now=now, actor=SWEEP)
    return len(people)
