"""Which addresses are public: none of a house's own, however they are written."""

import socket
import threading
from collections.abc import Iterator
from ipaddress import ip_address

import httpx
import pytest

from common import wire
from common.addresses import is_public
from common.wire import AddressRefused, exchange

INSIDE = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "192.88.99.1",
    "::",
    "::1",
    "fe80::1",
    "fec0::1",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::1",
    "2002:a00:1::",
    "2002:808:808::1",
    "2001:0:4136:e378:8000:63bf:80ff:fffe",
    "100::1",
]
OUTSIDE = [
    "1.1.1.1",
    "8.8.8.8",
    "93.184.215.14",
    "172.32.0.1",
    "100.128.0.1",
    "2606:4700::1111",
    "2a00:1450:4001:82a::200e",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
]


@pytest.mark.parametrize("text", INSIDE)
def test_an_address_of_a_house_is_not_public(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize("text", OUTSIDE)
def test_an_address_of_the_internet_is_public(text: str) -> None:
    assert is_public(ip_address(text))


@pytest.fixture
def canary() -> Iterator[tuple[int, list[str]]]:
    """A listener on loopback, and who came."""
    came: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)

        def listen() -> None:
            while not stop.is_set():
                try:
                    link, address = server.accept()
                except TimeoutError:
                    continue
                came.append(address[0])
                link.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
                link.close()

        stop = threading.Event()
        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], came
        stop.set()
        thread.join()


HOSTS = [
    "127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0", "[::ffff:127.0.0.1]", "[::1]",
    "127.0.0.1.", "0x7f.1",
]  # fmt: skip


@pytest.mark.parametrize("host", HOSTS)
def test_no_spelling_of_loopback_is_connected_to(canary: tuple[int, list[str]], host: str) -> None:
    port, came = canary
    with pytest.raises((httpx.TransportError, httpx.InvalidURL)) as refusal:
        exchange(
            httpx.Request("POST", f"http://{host}:{port}/"), seconds=5, limit=10, allow=is_public
        )
    told = str(refusal.value)
    assert isinstance(refusal.value, AddressRefused) or "not known" in told or "Invalid" in told
    assert came == []


def test_without_a_judge_the_same_listener_answers(canary: tuple[int, list[str]]) -> None:
    port, came = canary
    request = httpx.Request("POST", f"http://127.0.0.1:{port}/")
    assert exchange(request, seconds=5, limit=10).status == 204
    assert came == ["127.0.0.1"]


def test_a_name_is_looked_up_once_and_the_judged_address_is_called(
    canary: tuple[int, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that answers with a public address to the judge and with ours to the connection gains nothing."""
    port, came = canary
    asked: list[str] = []

    def lookup(host: str, port: int, *_rest: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(wire.socket, "getaddrinfo", lookup)
    judged: list[str] = []
    request = httpx.Request("POST", f"http://rebinding.example:{port}/")
    exchange(request, seconds=5, limit=10, allow=lambda one: bool(judged.append(str(one)) or 1))
    assert (asked[0], judged, came) == ("rebinding.example", ["127.0.0.1"], ["127.0.0.1"])
    assert "rebinding.example" not in asked[1:]


def test_one_private_address_among_public_ones_refuses_the_name(
    canary: tuple[int, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, came = canary
    both = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (place, port))
        for place in ("8.8.8.8", "127.0.0.1")
    ]
    monkeypatch.setattr(wire.socket, "getaddrinfo", lambda *_asked: both)
    request = httpx.Request("POST", f"http://two-faced.example:{port}/")
    with pytest.raises(AddressRefused, match=r"127\.0\.0\.1"):
        exchange(request, seconds=5, limit=10, allow=is_public)
    assert came == []
