"""What any receiver of webhooks must take and must refuse, sent to one over HTTP."""

import http.client
import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Final

from notifications import signing

BODY: Final = json.dumps({"type": "t", "data": {"work": "狐妖"}}, ensure_ascii=False).encode()
TOO_LONG_AGO: Final = 360  # seconds; the standard's libraries allow 300
# The known answer of Standard Webhooks; its moment is 2021-02-25.
KNOWN_SECRET: Final = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
KNOWN_MOMENT: Final = 1614265330


@dataclass(frozen=True)
class Trial:
    """One request, and the status that it must be answered with."""

    name: str
    body: bytes
    headers: Mapping[str, str]
    status: int = HTTPStatus.BAD_REQUEST


@dataclass
class Running:
    """A receiver in a process of its own; what it said is there once it has ended."""

    port: int
    said: list[str] = field(default_factory=list)


def known_answer() -> Trial:
    """The standard's own vector, letter by letter; a receiver needs the clock of that moment."""
    headers = {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": str(KNOWN_MOMENT),
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    return Trial("known answer", b'{"test": 2432232314}', headers, HTTPStatus.NO_CONTENT)


def trials(secret: str) -> list[Trial]:
    """Requests at this moment to a receiver that knows this secret; the last ones are ours."""
    now, other = int(time.time()), signing.new_secret()
    right = signing.headers([secret], "evt_1", now, BODY)
    return [
        Trial("forged body", BODY.replace(b"t", b"u", 1), right),
        Trial("another id", BODY, {**right, "webhook-id": "evt_2"}),
        Trial("another secret", BODY, signing.headers([other], "evt_1", now, BODY)),
        Trial("too old", BODY, signing.headers([secret], "evt_1", now - TOO_LONG_AGO, BODY)),
        Trial("too new", BODY, signing.headers([secret], "evt_1", now + TOO_LONG_AGO, BODY)),
        Trial("no headers", BODY, {}),
        Trial("no time", BODY, {**right, "webhook-timestamp": "now"}),
        Trial("no signature", BODY, {**right, "webhook-signature": "nonsense"}),
        Trial("half a signature", BODY, {**right, "webhook-signature": "v1,abc"}),
        Trial("right", BODY, right, HTTPStatus.NO_CONTENT),
        Trial(
            "two secrets",
            BODY,
            signing.headers([other, secret], "evt_1", now, BODY),
            HTTPStatus.NO_CONTENT,
        ),
    ]


def answered(port: int, trial: Trial) -> int:
    """The status of the answer; 0 where the receiver hung up without one."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("POST", "/", trial.body, dict(trial.headers))
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def hang_up(port: int) -> None:
    """Promise a body and go away in the middle of it."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as sender:
        sender.sendall(b"POST / HTTP/1.1\r\nHost: receiver\r\nContent-Length: 100\r\n\r\n{")


def wrong_answers(port: int, secret: str) -> list[str]:
    """What the receiver answered otherwise than it must, by name; one that is hung up on must live on."""
    hang_up(port)
    time.sleep(0.2)
    asked = ((trial, answered(port, trial)) for trial in trials(secret))
    return [f"{trial.name}: {status}" for trial, status in asked if status != trial.status]


@contextmanager
def running(command: Sequence[str | Path], secret: str, port: int) -> Iterator[Running]:
    """A receiver that listens; it is ended afterwards. Raises TimeoutError when it does not come up."""
    told = {**os.environ, "WEBHOOK_SECRET": secret, "PORT": str(port)}
    with subprocess.Popen(
        command, env=told, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        one = Running(port)
        try:
            _wait_for(port)
            yield one
        finally:
            process.terminate()
            assert process.stdout is not None
            one.said += process.stdout.read().splitlines()


def _wait_for(port: int) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("The receiver does not listen.")
