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
    for name, figure in told["microseconds"].items():
        check, empty = figure["check"], figure["empty"]
        assert min(check["p50"], empty["p50"], check["per_second"], empty["per_second"]) > 0
        assert told["ratios"][name]["added_microseconds"] == check["p50"] - empty["p50"]
        assert figure["check"]["failures"] == figure["empty"]["failures"] == 0
    assert told["reload"]["during"]["failures"] == 0
    assert told["reload"]["p99_to_before"] > 0
    assert told["one_rule_seconds"]["longest"] > 0


def test_answers_that_are_no_decision_count_as_failures_and_a_closed_door_is_said() -> None:
    requests = [post("/", b"{}", "token")]
    with socket.create_server((HOST, 0)) as server:
        Thread(target=_refuse_twice_and_close, args=[server], daemon=True).start()
        port = server.getsockname()[1]
        told = load(port, requests, 1, lambda told: told.answers == 2)
        assert (told.answers, told.failures) == (2, 2)
        with pytest.raises(ConnectionResetError, match="closed a connection"):
            load(port, requests, 1, lambda told: told.answers == 3)


def _refuse_twice_and_close(server: socket.socket) -> None:
    for _ in range(2):
        connection, _address = server.accept()
        with connection:
            for _ in range(2):
                connection.recv(1_000)
                connection.sendall(b"HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\n{}")
            connection.recv(1_000)
