"""Writing a message and putting it out to be sent."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from common.actors import Actor
from common.jobs import enqueue
from common.transactions import lock_case
from evidence.chain import Fact
from evidence.models import SealedFile
from notifications import catalogue
from notifications.errors import BadAddress
from notifications.models import Attachment, Message
from notifications.services.lifecycle import Occasion, record
from notifications.writing import write
from users.tokens import without_tokens


@dataclass(frozen=True)
class Recipient:
    """Who gets a letter, as which party of the case, and in which language (`en`, `zh-Hans`).

    An empty address: no e-mail is known, staff carry the letter another way and record its arrival.
    """

    party: str
    name: str
    address: str
    language: str


@dataclass(frozen=True)
class Outgoing:
    """One letter of the catalogue, to whom, and the values of its keys.

    `attachments` are ids of sealed files; `not_before` holds the letter back until then.
    """

    template: str
    recipient: Recipient
    context: Mapping[str, Any]
    attachments: Sequence[UUID] = ()
    not_before: datetime | None = None


def queue(outgoing: Outgoing, *, case_id: UUID, now: datetime, actor: Actor) -> Message:
    """Write the letter once, in the recipient's language, freeze it and let it be sent after commit.

    The ledger keeps message.queued with the whole letter as its payload. Takes the case lock. Raises
    BadAddress, UnknownLetter, WrongParty, MissingKeys, GapInLetter, UnknownLanguage,
    SealedFile.DoesNotExist; then nothing is written.
    """
    lock_case(case_id)
    message = _written(outgoing, case_id, now)
    files = [SealedFile.objects.get(pk=file_id) for file_id in outgoing.attachments]
    message.save(force_insert=True)
    Attachment.objects.bulk_create(
        Attachment(message=message, file=file, position=place)
        for place, file in enumerate(files, start=1)
    )
    facts: dict[str, Fact] = {"files": [file.sha256 for file in files]}
    words = payload(message, files)
    record(message, "message.queued", Occasion(actor, now, now), facts=facts, payload=words)
    if message.address and not outgoing.not_before:
        enqueue("notifications.deliver", message.pk)
    return message


def _written(outgoing: Outgoing, case_id: UUID, now: datetime) -> Message:
    recipient = _checked(outgoing.recipient)
    letter = catalogue.letter(outgoing.template, recipient.party, outgoing.context)
    context = {**outgoing.context, "name": recipient.name}
    written = write(outgoing.template, recipient.language, context)
    return Message(
        case_id=case_id,
        template=letter.id,
        template_version=letter.version,
        language=recipient.language,
        party=recipient.party,
        name=recipient.name,
        address=recipient.address,
        subject=written.subject,
        text=written.text,
        html=written.html,
        queued_at=now,
        not_before=outgoing.not_before,
        handed_over_at=None if outgoing.not_before else now,
    )


def payload(message: Message, files: Sequence[SealedFile]) -> bytes:
    """The letter whole, as JSON in UTF-8 with sorted keys: what the ledger's entry is proof of.

    Of a link only the token is left out. The ledger leaves the house with every case file, and what
    the other side is handed must not open the recipient's page.
    """
    whole = {
        "to": {"party": message.party, "name": message.name, "address": message.address},
        "language": message.language,
        "template": message.template,
        "version": message.template_version,
        "subject": message.subject,
        "text": without_tokens(message.text),
        "html": without_tokens(message.html),
        "files": [{"name": file.name, "sha256": file.sha256} for file in files],
    }
    return json.dumps(whole, ensure_ascii=False, sort_keys=True).encode()


def _checked(recipient: Recipient) -> Recipient:
    """The recipient with a name fit for a header and an address that is one. Raises BadAddress."""
    name = " ".join("".join(c if c.isprintable() else " " for c in recipient.name).split())
    address = recipient.address.strip()
    if address:
        try:
            validate_email(address)
        except ValidationError as error:
            raise BadAddress(
                _("“%(address)s” is no e-mail address. Correct it, for example name@example.com.")
                % {"address": address}
            ) from error
    return Recipient(recipient.party, name, address, recipient.language)
