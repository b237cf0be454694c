"""The way out, named by EMAIL_URL: a folder of .eml files, or an SMTP server."""

import os
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from django.core.exceptions import ImproperlyConfigured

from notifications.errors import TransportError
from notifications.rules import SMTP_SECONDS

PORTS: Final = {"smtp": 25, "smtps": 465}
OURS: Final = frozenset({"localhost", "127.0.0.1", "::1"})
ACCEPTED: Final = frozenset({250, 251})
OPERATORS_MISTAKE: Final = frozenset({530, 534, 535, 538})
"""Answers about our own sign-in: nothing is wrong with the message, so it is kept and tried again."""


class Transport(Protocol):
    """Takes a mail to its recipient's system."""

    def send(self, mail: EmailMessage, sender: str, recipient: str) -> str:
        """Hand the mail over; what proves it, in the words of who took it. Raises TransportError."""
        ...


def transport(url: str) -> Transport:
    """The transport an EMAIL_URL names. Raises ImproperlyConfigured with a sentence that says how to mend it."""
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc and parts.path:
        return Folder(Path(url2pathname(parts.path)))
    if parts.scheme in PORTS and parts.hostname:
        return Smtp(
            host=parts.hostname,
            port=parts.port or PORTS[parts.scheme],
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            tls_from_the_start=parts.scheme == "smtps",
        )
    raise ImproperlyConfigured(
        "EMAIL_URL must be file:///folder, smtp://user:password@host:port or smtps://user:password@host:port."
    )


@dataclass(frozen=True)
class Folder:
    """Writes each mail to a file of its own; a repeat replaces the first."""

    path: Path

    def send(self, mail: EmailMessage, sender: str, recipient: str) -> str:
        name = f"{str(mail['Message-ID']).strip('<>').partition('@')[0]}.eml"
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            fresh = self.path / f".{name}.{os.getpid()}"
            with fresh.open("wb") as file:
                file.write(mail.as_bytes())
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self.path / name)
        except OSError as error:
            raise TransportError(
                f"{type(error).__name__}: {error.strerror}", permanent=False
            ) from error
        return f"file {name}"


@dataclass(frozen=True)
class Smtp:
    """Speaks to one mail server, with TLS wherever the server offers it."""

    host: str
    port: int
    user: str
    password: str
    tls_from_the_start: bool

    def send(self, mail: EmailMessage, sender: str, recipient: str) -> str:
        try:
            with self._connect(sender) as server:
                self._sign_in(server)
                _expect(server.mail(sender))
                _expect(server.rcpt(recipient))
                answer = server.data(mail.as_bytes())
                _expect(answer)
        except smtplib.SMTPResponseException as refusal:
            raise _refused(refusal.smtp_code, refusal.smtp_error) from refusal
        except (smtplib.SMTPException, OSError) as error:
            raise TransportError(f"{type(error).__name__}: {error}", permanent=False) from error
        return f"{self.host} {_words(*answer)}"

    def _connect(self, sender: str) -> smtplib.SMTP:
        us = sender.rpartition("@")[2]
        if self.tls_from_the_start:
            secure = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, us, timeout=SMTP_SECONDS, context=secure)
        return smtplib.SMTP(self.host, self.port, us, timeout=SMTP_SECONDS)

    def _sign_in(self, server: smtplib.SMTP) -> None:
        server.ehlo_or_helo_if_needed()
        secure = self.tls_from_the_start
        if not secure and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
            secure = True
        if not self.user:
            return
        if not secure and self.host not in OURS:
            raise TransportError(
                f"{self.host} offers no TLS and the password would be readable: use smtps://.",
                permanent=False,
            )
        server.login(self.user, self.password)


def _expect(answer: tuple[int, bytes]) -> None:
    if answer[0] not in ACCEPTED:
        raise _refused(*answer)


def _refused(code: int, text: bytes | str) -> TransportError:
    permanent = code >= 500 and code not in OPERATORS_MISTAKE
    return TransportError(_words(code, text), permanent=permanent, code=code)


def _words(code: int, text: bytes | str) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {' '.join(words.split())}"[:500]
