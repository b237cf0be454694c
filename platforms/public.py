"""What anybody sees at an address of the platform: asked without a key, and of the platform's own hosts alone.

An address comes from the platform's records and could name anything. Only the hosts that the operator
configured are asked (PLATFORM_URL and PLATFORM_PUBLIC_HOSTS), each at its very port; a redirect is
reported and never followed.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

import httpx

from common.wire import TooLarge, exchange
from platforms.contract import PlatformError

PAGE_LIMIT: Final = 10_000_000
_PORTS: Final = {"http": 80, "https": 443}
# As any reader's browser: a platform must not be able to tell the test from its public.
_HEADERS: Final = {"User-Agent": "Mozilla/5.0", "Accept": "*/*", "Accept-Encoding": "identity"}


class NotOurHost(PlatformError):
    """The address lies on no host that the operator configured as the platform's; it is not asked."""

    def __init__(self) -> None:
        super().__init__("the address lies on no host of the platform", permanent=True)


@dataclass(frozen=True)
class Seen:
    """What the address answered. `sha256` is that of the body, in lower-case hexadecimal.

    More than 10 MB: 200 and '', for neither its status nor its hash is known.
    """

    status: int
    sha256: str


@dataclass(frozen=True)
class PublicFace:
    """The platform's public side. `hosts` are `host` or `host:port`, `base_url` the platform's own address."""

    base_url: str
    hosts: tuple[str, ...] = ()
    timeout: float = 10.0

    def look(self, url: str) -> Seen:
        """Ask the address as anybody would. Raises NotOurHost, and PlatformError when nothing answers."""
        if not self._is_ours(url):
            raise NotOurHost
        request = httpx.Request("GET", url, headers=_HEADERS)
        try:
            answer = exchange(request, seconds=self.timeout, limit=PAGE_LIMIT)
        except TooLarge:
            return Seen(200, "")
        except httpx.TransportError as error:
            raise PlatformError(f"the address did not answer: {error}", permanent=False) from error
        return Seen(answer.status, hashlib.sha256(answer.body).hexdigest())

    def _is_ours(self, url: str) -> bool:
        try:
            place = _place(_read_alike(url))
        except ValueError:
            return False
        return place is not None and place in {*self._places()}

    def _places(self) -> Iterable[tuple[str, int] | None]:
        yield _place(urlsplit(self.base_url))
        for host in self.hosts:
            named = urlsplit(f"//{host}")
            ports = [named.port] if named.port else list(_PORTS.values())
            yield from ((named.hostname or "", port) for port in ports)


def _read_alike(url: str) -> SplitResult:
    """The address in parts, as both the standard library and httpx read it. Raises ValueError.

    Two readers of one address must not see two hosts.
    """
    parts = urlsplit(url)
    try:
        read = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise ValueError(str(error)) from error
    if parts.username or parts.password or read.userinfo or "\\" in url:
        raise ValueError("an address with a name or password in it")
    if (parts.hostname or "") != read.host or parts.scheme != read.scheme:
        raise ValueError("an address that can be read in two ways")
    return parts


def _place(parts: SplitResult) -> tuple[str, int] | None:
    if parts.scheme not in _PORTS or not parts.hostname:
        return None
    return parts.hostname, parts.port or _PORTS[parts.scheme]
