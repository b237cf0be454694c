"""A message as a mail (RFC 5322): the same bytes, and the same Message-ID, however often it is sent."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final

from django.conf import settings

from evidence.models import SealedFile
from notifications.models import Message

_PLAIN: Final = SMTP.clone(max_line_length=998)


def compose(message: Message, attachments: list[tuple[SealedFile, bytes]]) -> EmailMessage:
    """The mail for a message with its sealed files and their bytes, in order.

    `Message-ID` is made of the message's own id: a mail sent twice, because we were cut off between
    sending and writing that down, is recognised by it as a repeat.
    """
    mail = EmailMessage(policy=_PLAIN)
    mail["From"] = Address(
        settings.OPERATOR_NAME[message.language], addr_spec=settings.DEFAULT_FROM_EMAIL
    )
    mail["To"] = Address(message.name, addr_spec=envelope_address(message.address))
    mail["Subject"] = message.subject
    mail["Date"] = message.queued_at
    mail["Message-ID"] = message_id(message)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text, cte="quoted-printable")
    mail.add_alternative(message.html, subtype="html", cte="quoted-printable")
    for file, content in attachments:
        maintype, _, subtype = file.media_type.partition("/")
        params = {"charset": _charset(content)} if maintype == "text" else None
        mail.add_attachment(
            content, maintype=maintype, subtype=subtype, filename=file.name, params=params
        )
    mail["Content-Language"] = (
        message.language
    )  # last: attaching moves Content-* into the first part
    _name_boundaries(mail, message)
    return mail


def message_id(message: Message) -> str:
    """`<id@domain>` with the domain we send from."""
    return f"<{message.pk}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>"


def envelope_address(address: str) -> str:
    """The address with its domain in ASCII, as mail servers speak it."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.encode('idna').decode('ascii')}"


def _charset(content: bytes) -> str:
    """Sealed text is UTF-8 or GB 18030; nothing else is let in as text."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _name_boundaries(mail: EmailMessage, message: Message) -> None:
    multiparts = [part for part in mail.walk() if part.is_multipart()]
    for number, part in enumerate(multiparts):
        part.set_boundary(f"=_{message.pk.hex}_{number}")
