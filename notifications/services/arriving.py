"""Arrivals that staff have other proof of, and second tries."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from common.actors import Actor
from common.errors import RedressError
from common.jobs import enqueue
from evidence.models import SealedFile
from notifications.models import Message
from notifications.services.lifecycle import Event, Occasion, advance


class ImpossibleArrival(RedressError):
    """A message arrives after it was written and not in the future, and somebody can show it."""

    code = "impossible-arrival"


@transaction.atomic
def record_arrival(
    message_id: UUID,
    delivered_at: datetime,
    proof: str,
    actor: Actor,
    *,
    now: datetime,
    paper: SealedFile | None = None,
) -> Message:
    """The message reached its recipient another way, at `delivered_at`; `proof` says how that is known.

    For instance registered mail with its number, or a notice in the platform's own inbox; `paper` shows it, for
    instance the signed slip. The law's periods run from `delivered_at`. Takes the case lock; ledger: message.delivered. Raises ImpossibleArrival, and
    NotPossibleNow when an arrival is on record already.
    """
    message = Message.objects.get(pk=message_id)
    if not message.queued_at <= delivered_at <= now:
        raise ImpossibleArrival(
            _(
                "The moment of arrival lies between the writing of the message and now. Correct the date."
            )
        )
    if not proof.strip():
        raise ImpossibleArrival(_("Say how the arrival is known, for example the postal number."))
    return advance(
        message,
        Event.DELIVER,
        Occasion(actor, delivered_at, now),
        changes={"delivery_proof": proof.strip(), "arrival_paper": paper},
        facts={"recorded_by_hand": True, "paper": paper.sha256 if paper else None},
    )


@transaction.atomic
def requeue(message_id: UUID, actor: Actor, *, now: datetime) -> Message:
    """The trouble is mended: send the same message once more. Raises NotPossibleNow unless it had failed."""
    message = advance(
        Message.objects.get(pk=message_id),
        Event.REQUEUE,
        Occasion(actor, now, now),
        changes={"handed_over_at": now},
        facts={"again": True},
    )
    enqueue("notifications.deliver", message.pk)
    return message
