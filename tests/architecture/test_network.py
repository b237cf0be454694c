"""The suite reaches this machine and no other: pytest-socket keeps every test from the network."""

import socket
import threading
from pathlib import Path

import pytest
from pytest_socket import SocketConnectBlockedError

# TEST-NET-1 (RFC 5737): an address that nobody has, should the guard ever be off.
NOBODY = ("192.0.2.1", 9)


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_no_test_reaches_another_machine() -> None:
    with pytest.raises(SocketConnectBlockedError, match=r"192\.0\.2\.1"):
        socket.create_connection(NOBODY, timeout=0.2)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_loopback_is_open(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection((host, server.getsockname()[1]), timeout=5).close()


def test_unix_sockets_are_open(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(str(tmp_path / "s"))
        server.listen()
        client.connect(str(tmp_path / "s"))


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_a_thread_of_a_test_is_kept_in_too() -> None:
    caught: list[BaseException] = []

    def reach() -> None:
        try:
            socket.create_connection(NOBODY, timeout=0.2)
        except (SocketConnectBlockedError, OSError) as error:
            caught.append(error)

    thread = threading.Thread(target=reach)
    thread.start()
    thread.join()
    assert [type(error) for error in caught] == [SocketConnectBlockedError]
