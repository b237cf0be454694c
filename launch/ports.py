"""The ports Redress listens on, and whether they are free."""

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass

from launch.errors import Refusal

HOST = "127.0.0.1"
VARIABLES = {"PORT": 8000, "GUARD_PORT": 8010, "SANDBOX_PORT": 8020}


@dataclass(frozen=True)
class Ports:
    """One port for each of our own servers."""

    web: int = VARIABLES["PORT"]
    guard: int = VARIABLES["GUARD_PORT"]
    sandbox: int = VARIABLES["SANDBOX_PORT"]

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Ports":
        """The ports by PORT, GUARD_PORT and SANDBOX_PORT; Refusal when one is no port number."""
        return cls(*(_number(environment, name) for name in VARIABLES))

    @classmethod
    def free(cls) -> "Ports":
        """Three ports nobody listens on, for tests."""
        sockets = [socket.socket() for _ in VARIABLES]
        for each in sockets:
            each.bind((HOST, 0))
        numbers = [each.getsockname()[1] for each in sockets]
        for each in sockets:
            each.close()
        return cls(*numbers)


def require_free(port: int, variable: str) -> None:
    """Refusal, naming the port and the variable to change, when somebody listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise Refusal(
                f"Port {port} cannot be used ({error.strerror}): end what uses it, or choose "
                f"another with the variable {variable}, as in `{variable}={port + 1} script/server`."
            ) from None


def _number(environment: Mapping[str, str], name: str) -> int:
    text = environment.get(name) or str(VARIABLES[name])
    if not (text.isascii() and text.isdecimal()) or not 0 < int(text) < 65_536:
        raise Refusal(f"{name} must be a port number from 1 to 65535, not {text!r}.")
    return int(text)
