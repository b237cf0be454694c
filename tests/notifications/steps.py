"""What the tests of this room do over and over."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from common.actors import WORKER
from evidence.models import LedgerEntry
from notifications.models import Message
from notifications.services import Outgoing, Recipient, queue
from tests.notifications.conftest import GREETING

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
NORA = Recipient("filer", "Nora", "nora@studio.example", "en")
NORA_IN_CHINESE = Recipient("filer", "诺拉", "nora@studio.example", "zh-Hans")
CONTEXT = {"reference": "N-2026-000001-K", "link": "https://acme.example/t/abc", "event": "a test"}


def write_to(
    recipient: Recipient = NORA,
    *,
    now: datetime = NOW,
    case_id: UUID | None = None,
    context: dict[str, Any] | None = None,
    **more: Any,
) -> Message:
    """Queue the greeting; note is empty unless given."""
    with transaction.atomic():
        filled = {"note": "", **CONTEXT, **(context or {})}
        letter = Outgoing(GREETING, recipient, filled, **more)
        return queue(letter, case_id=case_id or uuid4(), now=now, actor=WORKER)


def stored(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def entries(message: Message) -> list[LedgerEntry]:
    """What the ledger of the message's case holds, in order."""
    return list(LedgerEntry.objects.filter(chain_id=message.case_id).order_by("sequence"))


def events(message: Message) -> list[str]:
    return [entry.event for entry in entries(message)]
