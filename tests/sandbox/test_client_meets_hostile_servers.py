"""The client before servers that redirect, trickle, swell, lie or speak nonsense."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from platforms.client import PlatformClient
from platforms.contract import NotOffered, PlatformError, Probe, TargetNotFound
from tests.sandbox.orders import removal

ACKNOWLEDGED = {"acknowledgement_id": "a", "measure_id": "m-1", "state": "applied", "applied_at": "2026-11-23T02:00:00Z", "lifted_at": None, "effect": {"before": "available", "after": "removed"}}  # fmt: skip


@contextmanager
def server(speak: Callable[[socket.socket], None]) -> Iterator[PlatformClient]:
    """A server that reads one request and then speaks raw bytes."""
    listener = socket.create_server(("127.0.0.1", 0))

    def run() -> None:
        link, _ = listener.accept()
        with link:
            link.settimeout(5)
            link.recv(65_536)
            try:
                speak(link)
            except OSError:
                return

    thread = threading.Thread(target=run)
    thread.start()
    yield PlatformClient(f"http://127.0.0.1:{listener.getsockname()[1]}", "key", timeout=1.0)
    thread.join()
    listener.close()


def raw(status: str, body: bytes, *headers: str) -> Callable[[socket.socket], None]:
    head = "\r\n".join(
        [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    )
    return lambda link: link.sendall(head.encode() + b"\r\n\r\n" + body)


def refused(
    speak: Callable[[socket.socket], None], ask: Callable[[PlatformClient], object]
) -> PlatformError:
    with server(speak) as client, pytest.raises(PlatformError) as caught:
        ask(client)
    return caught.value


def apply(client: PlatformClient) -> object:
    return client.apply(removal("m-1"), "key-1")


def test_a_redirect_is_never_followed() -> None:
    error = refused(raw("302 Found", b"", "Location: http://169.254.169.254/"), apply)
    assert error.permanent


def test_a_page_with_404_is_no_unknown_target() -> None:
    for kind in ("text/html", "application/json"):
        error = refused(
            raw("404 Not Found", b'{"type": "x/target-not-found"}', f"Content-Type: {kind}"), apply
        )
        assert error.permanent
        assert not isinstance(error, TargetNotFound)


def test_only_the_contracts_own_404_is_an_unknown_target() -> None:
    problem = json.dumps(
        {"type": "https://p.example/target-not-found", "title": "t", "status": 404, "detail": "d"}
    ).encode()
    assert isinstance(
        refused(raw("404 Not Found", problem, "Content-Type: application/problem+json"), apply),
        TargetNotFound,
    )


def test_in_progress_may_be_repeated_but_a_reused_key_not() -> None:
    for kind, permanent in (("in-progress", False), ("idempotency-key-reused", True)):
        problem = json.dumps({"type": f"urn/{kind}"}).encode()
        assert (
            refused(
                raw("409 Conflict", problem, "Content-Type: application/problem+json"), apply
            ).permanent
            is permanent
        )


@pytest.mark.parametrize(
    "change",
    [
        {"state": "done"},
        {"measure_id": "m-2"},
        {"applied_at": "yesterday"},
        {"applied_at": "2026-11-23T02:00:00"},
        {"effect": None},
        {"acknowledgement_id": 7},
        {"acknowledgement_id": "a\x00"},
    ],
)
def test_an_acknowledgement_that_breaks_the_contract_is_refused_whole(
    change: dict[str, object],
) -> None:
    error = refused(raw("200 OK", json.dumps(ACKNOWLEDGED | change).encode()), apply)
    assert not error.permanent
    assert "breaks the contract" in error.message


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"[" * 100_000, b"\xff"])
def test_nonsense_is_refused(body: bytes) -> None:
    assert not refused(raw("200 OK", body), apply).permanent


def test_an_answer_without_end_is_cut_off() -> None:
    def swell(link: socket.socket) -> None:
        link.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        for _ in range(40):
            link.sendall(b" " * 100_000)

    error = refused(swell, apply)
    assert error.permanent
    assert "longer than" in error.message


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n"])
def test_a_trickle_ends_at_the_total_time_limit(head: bytes) -> None:
    def trickle(link: socket.socket) -> None:
        link.sendall(head)
        for letter in b"HTTP/1.1 200 OK\r\nX: " + b"y" * 40:
            link.sendall(bytes([letter]))
            time.sleep(0.1)

    start = time.monotonic()
    error = refused(trickle, lambda client: client.artefact("out_1"))
    assert not error.permanent
    assert time.monotonic() - start < 5


def test_silence_ends_at_the_time_limit() -> None:
    start = time.monotonic()
    error = refused(lambda _: time.sleep(1.5), lambda client: client.user("u_1"))
    assert "could not be reached" in error.message
    assert 0.9 < time.monotonic() - start < 2.5


@pytest.mark.parametrize("header", ["Content-Digest: sha-256=:AAAA:", "X-Nothing: 1"])
def test_content_that_does_not_match_its_digest_is_refused(header: str) -> None:
    error = refused(raw("200 OK", b"bytes", header), lambda client: client.content("out_1"))
    assert "digest" in error.message


def test_compressed_answers_are_refused_unread() -> None:
    assert refused(raw("200 OK", b"\x1f\x8b", "Content-Encoding: gzip"), apply).permanent


def test_nobody_there_is_transient() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(PlatformError) as caught:
        PlatformClient(f"http://127.0.0.1:{port}", "key", timeout=1).user("u_1")
    assert not caught.value.permanent


def test_a_senseless_base_address_is_permanent() -> None:
    for base in ("ftp://platform.example", "nonsense", "http://"):
        with pytest.raises(PlatformError):
            PlatformClient(base, "key", timeout=1).user("u_1")


ARTEFACT = {"id": "out_1", "kind": "output", "title": "t", "url": "https://p.example/o/1", "state": "available", "owner": "u_1", "created_at": "2026-11-23T02:00:00Z", "parent": None, "produce_id": None, "generation": None, "licensed": False}  # fmt: skip
KIN = {"artefact": ARTEFACT, "relation": "output"}
REACH = {"outputs": 1, "versions": 0, "users": 1, "links": 0, "placements": 0, "licensed_uses": 0}
RESULT = {"id": "p1", "outcome": "output", "output": "out_1", "sha256": "0" * 64}
RUN = {"model": "m", "build": "m+1", "results": [RESULT]}


@contextmanager
def endless(page: bytes, answers: int) -> Iterator[PlatformClient]:
    """A server that gives every caller the same page, so many times."""
    listener = socket.create_server(("127.0.0.1", 0))

    def run() -> None:
        for _ in range(answers):
            link, _address = listener.accept()
            with link:
                link.recv(65_536)
                raw("200 OK", page)(link)

    thread = threading.Thread(target=run)
    thread.start()
    yield PlatformClient(f"http://127.0.0.1:{listener.getsockname()[1]}", "key", timeout=1.0)
    thread.join()
    listener.close()


def test_a_list_of_kin_that_turns_in_a_circle_ends_with_an_error() -> None:
    page = json.dumps({"kin": [KIN], "next": "again"}).encode()
    with endless(page, 2) as client, pytest.raises(PlatformError, match="no end") as caught:
        list(client.kin("m"))
    assert caught.value.permanent


@pytest.mark.parametrize(
    "answer",
    [
        {"kin": [KIN | {"relation": "cousin"}], "next": None},
        {"kin": [KIN | {"artefact": ARTEFACT | {"kind": "song"}}], "next": None},
        {"kin": [KIN | {"artefact": ARTEFACT | {"build": "x" * 129}}], "next": None},
        {"kin": [KIN | {"artefact": ARTEFACT | {"label": "perhaps"}}], "next": None},
        {"kin": [KIN | {"artefact": None}], "next": None},
        {"kin": KIN, "next": None},
        {"kin": [KIN] * 501, "next": None},
        {"kin": [], "next": ""},
        {"kin": [], "next": "x" * 513},
        {"kin": [], "next": 7},
        [],
    ],
)
def test_kin_that_break_the_contract_are_refused_whole(answer: object) -> None:
    error = refused(raw("200 OK", json.dumps(answer).encode()), lambda c: list(c.kin("m")))
    assert "breaks the contract" in error.message


@pytest.mark.parametrize(
    "change", [{"outputs": -1}, {"users": True}, {"links": "1"}, {"versions": 2**60}]
)
def test_a_count_that_is_none_is_refused(change: dict[str, object]) -> None:
    answer = json.dumps(REACH | change).encode()
    error = refused(raw("200 OK", answer), lambda c: c.preview("content_removal", "artefact", "x"))
    assert "breaks the contract" in error.message


@pytest.mark.parametrize(
    "answer",
    [
        RUN | {"model": "another"},
        RUN | {"build": None},
        RUN | {"results": []},
        RUN | {"results": [RESULT, RESULT]},
        RUN | {"results": [RESULT | {"id": "p2"}]},
        RUN | {"results": [RESULT | {"sha256": "0" * 63}]},
        RUN | {"results": [RESULT | {"output": None}]},
        RUN | {"results": [RESULT | {"outcome": "refused"}]},
        RUN | {"results": [RESULT | {"outcome": "maybe"}]},
    ],
)
def test_a_run_of_probes_that_breaks_the_contract_is_refused(answer: object) -> None:
    body = json.dumps(answer).encode()
    error = refused(raw("200 OK", body), lambda c: c.probe("m", [Probe("p1", "x", 1)], "key"))
    assert "breaks the contract" in error.message


@pytest.mark.parametrize("status", ["404 Not Found", "405 Method Not Allowed", "501 No"])
def test_a_platform_that_does_not_know_the_call_does_not_say(status: str) -> None:
    for ask in (
        lambda c: list(c.kin("m")),
        lambda c: c.preview("content_removal", "artefact", "x"),
        lambda c: c.probe("m", [Probe("p1", "x", 1)], "key"),
    ):
        error = refused(raw(status, b"<html>", "Content-Type: text/html"), ask)
        assert isinstance(error, NotOffered)
        assert error.permanent
