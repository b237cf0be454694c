"""Sending one message: claim it, speak to the network outside any transaction, write down what came of it."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from common.actors import WORKER
from common.transactions import lock_case
from evidence.chain import Fact
from notifications import rules
from notifications.errors import TransportError
from notifications.mail import compose, envelope_address
from notifications.models import Message
from notifications.selectors import files_of, ready_to_send
from notifications.services.lifecycle import Event, Occasion, advance, record
from notifications.states import State
from notifications.transport import transport

Clock = Callable[[], datetime]


def deliver(message_id: UUID, clock: Clock) -> bool:
    """Send the message if it waits and nobody else is sending it; whether it got through.

    `clock` is the edge's clock, asked before and after the network: the second moment is the one at which
    the recipient's system took the message. We may be cut off after sending and before writing that down;
    then the message is sent again once rules.LEASE is over, as the same mail with the same Message-ID.
    """
    message = _claim(message_id, clock())
    if message is None:
        return False
    try:
        proof = _send(message)
    except TransportError as error:
        _record_failure(message, error, clock())
        return False
    _record_success(message, proof, clock())
    return True


def _claim(message_id: UUID, now: datetime) -> Message | None:
    """The message, ours alone for rules.LEASE; None when it does not wait or another was faster."""
    claimed = ready_to_send(now).filter(pk=message_id)
    if not claimed.update(attempts=F("attempts") + 1, try_after=now + rules.LEASE):
        return None
    return Message.objects.get(pk=message_id)


def _send(message: Message) -> str:
    try:
        mail = compose(message, [(file, file.read()) for file in files_of(message)])
        way = transport(settings.EMAIL_URL)
    except Exception as error:
        raise TransportError(type(error).__name__, permanent=False) from error
    return way.send(mail, settings.DEFAULT_FROM_EMAIL, envelope_address(message.address))


def _record_success(message: Message, proof: str, now: datetime) -> None:
    """It was taken: `sent`, and `delivered` from this moment on (E-Signature Law art. 11).

    Staff may have recorded another arrival while we were sending; that one stands.
    """
    occasion = Occasion(WORKER, now, now)
    with transaction.atomic():
        row = _locked(message)
        if row.state != State.QUEUED:
            record(row, "message.sent", occasion, facts={"again": True})
            return
        row = advance(row, Event.SEND, occasion, changes={"last_error": "", "try_after": None})
        advance(row, Event.DELIVER, occasion, changes={"delivery_proof": proof})


def _record_failure(message: Message, error: TransportError, now: datetime) -> None:
    """Keep the error and wait; after the last attempt, or a permanent refusal, call somebody."""
    with transaction.atomic():
        row = _locked(message)
        if row.state != State.QUEUED:
            return
        row.last_error = error.text[:500]
        row.try_after = now + rules.wait_after(row.attempts)
        row.save(update_fields=["last_error", "try_after"])
        if error.permanent or row.attempts >= rules.MOST_ATTEMPTS:
            facts: dict[str, Fact] = {
                "attempts": row.attempts,
                "permanent": error.permanent,
                "smtp_code": error.code,
            }
            advance(row, Event.FAIL, Occasion(WORKER, now, now), facts=facts)


def _locked(message: Message) -> Message:
    lock_case(message.case_id)
    return Message.objects.get(pk=message.pk)
