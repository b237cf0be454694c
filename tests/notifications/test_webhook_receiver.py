"""The tests' own receiver."""

import socket

from tests.notifications.webhook_receiver import Receiver


def test_half_a_request_of_a_sender_that_died_is_none() -> None:
    with Receiver() as receiver:
        port = int(receiver.url.rpartition(":")[2].partition("/")[0])
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(b"POST /hooks HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nhalf")
            line.shutdown(socket.SHUT_WR)
            assert line.recv(1) == b""
        assert receiver.requests == []
