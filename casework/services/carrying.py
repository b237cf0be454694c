"""Letters that staff carry themselves: which there are, and that one has arrived."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from common.actors import staff
from common.errors import NotFound
from counternotices.models import CounterNotice
from counternotices.services.waiting import take_arrival
from evidence.files import seal
from evidence.models import SealedFile
from notices.access import cases_for, require_role
from notifications.models import Message
from notifications.selectors import files_of, to_carry_by_hand
from notifications.services import record_arrival
from users.models import User
from users.roles import CASEWORKERS


@dataclass(frozen=True)
class Slip:
    """A paper that shows an arrival, as it was sent to us."""

    content: BinaryIO
    name: str


@dataclass(frozen=True)
class Arrival:
    """When a letter reached its recipient, how that is known, and the paper that shows it, if any."""

    at: datetime
    proof: str
    slip: Slip | None = None


def letters_for(user: User) -> QuerySet[Message]:
    """The letters that wait to be carried, of the cases this person may see. The oldest first."""
    return to_carry_by_hand().filter(case_id__in=cases_for(user).values("id"))


def letter_for(user: User, id: UUID) -> Message:
    """A letter without an electronic address, carried already or not. Raises NotFound."""
    seen = Message.objects.filter(address="", case_id__in=cases_for(user).values("id"))
    found = seen.select_related("arrival_paper").filter(id=id).first()
    if found is None:
        raise NotFound(_("There is no such letter to carry, or it is not open to you."))
    return found


def papers_with(letter: Message) -> list[SealedFile]:
    """What is handed over with the letter, in order."""
    return files_of(letter)


@transaction.atomic
def arrived(letter: Message, arrival: Arrival, *, user: User, now: datetime) -> Message:
    """Record the arrival; a counter-notice that the letter forwards begins its waiting period from it at once.

    Raises Forbidden, ImpossibleArrival, NotPossibleNow when an arrival is on record, and FileRefused.
    """
    require_role(user, *CASEWORKERS)
    slip = arrival.slip
    paper = seal(slip.content, name=slip.name, at=now) if slip else None
    done = record_arrival(
        letter.id, arrival.at, arrival.proof, staff(user.id), now=now, paper=paper
    )
    for counter_notice in CounterNotice.objects.filter(forwarding=done):
        take_arrival(counter_notice.id, now=now)
    return done
