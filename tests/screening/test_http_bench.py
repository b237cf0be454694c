"""The bench of checks over HTTP measures a real guard, and says when a server does not do its part."""

import socket
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from screening.http_bench import Size, measure
from screening.http_load import HOST, load, post

SMALL = Size(rules=50, answers=40, characters=(200,), connections=(1, 2), prompts=5, singles=2)


def test_checks_are_measured_beside_the_empty_route_and_while_rules_change(
    committed_db: None, tmp_path: Path
) -> None:
    told: Any = measure(SMALL, tmp_path / "guard.log")
    assert set(told["microseconds"]) == {"200 characters, 1 at once", "200 characters, 2 at once"}
    for figure in told["microseconds"].values():
        assert figure["check"]["p50"] > figure["empty"]["p50"] > 0
        assert figure["check"]["failures"] == figure["empty"]["failures"] == 0
    assert told["reload"]["during"]["failures"] == 0
    assert told["reload"]["p99_to_before"] > 0
    assert told["one_rule_seconds"]["longest"] > 0


def test_answers_that_are_no_decision_count_as_failures_and_a_closed_door_is_said() -> None:
    with socket.create_server((HOST, 0)) as server:
        answering = Thread(target=_answer_once, args=[server], daemon=True)
        answering.start()
        requests = [post("/", b"{}", "token")]
        with pytest.raises(ConnectionResetError, match="closed a connection"):
            load(server.getsockname()[1], requests, 1, lambda told: told.failures > 1)


def _answer_once(server: socket.socket) -> None:
    connection, _address = server.accept()
    with connection:
        connection.recv(1_000)
        connection.sendall(b"HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\n{}")
        connection.recv(1_000)
