"""Questions about messages."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from evidence.models import SealedFile
from notifications import rules
from notifications.models import Attachment, Message
from notifications.states import State


def for_case(case_id: UUID) -> QuerySet[Message]:
    """Every message of a case, in the order in which they were written."""
    return Message.objects.filter(case_id=case_id).order_by("queued_at", "id")


def files_of(message: Message) -> list[SealedFile]:
    """The sealed files that go with a message, in order."""
    rows = Attachment.objects.filter(message=message).select_related("file").order_by("position")
    return [row.file for row in rows]


def failed() -> QuerySet[Message]:
    """Messages that could not be delivered: somebody must act. The oldest first."""
    return Message.objects.filter(state=State.FAILED).order_by("queued_at", "id")


def to_carry_by_hand() -> QuerySet[Message]:
    """Messages whose recipient has no e-mail address: staff carry them and record their arrival."""
    return Message.objects.filter(state=State.QUEUED, address="").order_by("queued_at", "id")


def ready_to_send(now: datetime) -> QuerySet[Message]:
    """Messages that wait to be sent by mail at `now`, and that nobody is sending."""
    return Message.objects.filter(
        Q(try_after=None) | Q(try_after__lte=now),
        Q(not_before=None) | Q(not_before__lte=now),
        ~Q(address=""),
        state=State.QUEUED,
    )


def forgotten(now: datetime) -> QuerySet[Message]:
    """Of those, the messages no task is on its way for any more. The oldest first."""
    lost = now - rules.TASK_LOST_AFTER
    waiting = ready_to_send(now).filter(Q(handed_over_at=None) | Q(handed_over_at__lte=lost))
    return waiting.order_by("queued_at", "id")
