"""A file that only claims to be a model costs no more than its bytes, and never the guard its answer."""

import base64
import io
import json
import struct
import time
from typing import Any

import pytest

from screening.engine.matcher import RuleSet
from screening.guard.app import Engines, Guard
from screening.guard.keeper import Held
from screening.guard.options import Options
from screening.guard.recognising import Recogniser
from screening.guard.works import Shelf
from screening.prints import files
from tests.screening.asking import NOW
from tests.screening.callers import TOKEN, Answer, Caller
from tests.screening.test_asking_the_guard import StillKeeper

OUTPUT_CHECKS = "/api/v1/output-checks"
SIZE = 1 << 20
PATIENCE = 5.0  # seconds of a processor; to read the same bytes 30,000 times takes some 30


def claimed(places: dict[str, Any], size: int) -> bytes:
    """A safetensors file whose tensors lie at these places of `size` bytes."""
    entries = {
        name: {"dtype": "U8", "shape": [1], "data_offsets": place} for name, place in places.items()
    }
    header = json.dumps(entries).encode()
    return struct.pack("<Q", len(header)) + header + bytes(size)


class Counting(io.BytesIO):
    """Counts the bytes that were read of it."""

    read_in_all = 0

    def read(self, size: int | None = -1, /) -> bytes:
        got = super().read(size)
        self.read_in_all += len(got)
        return got


def ask(content: bytes) -> Answer:
    """What the bare guard answers for a file."""
    rules = StillKeeper(Held(RuleSet(), NOW, time.monotonic()))
    shelf = StillKeeper(Held(Shelf(1), NOW, time.monotonic()))  # type: ignore[arg-type]
    engines = Engines(recogniser=Recogniser(shelf, 30, lambda: pytest.fail("No match.")))  # type: ignore[arg-type]
    guard = Guard(rules, Options(TOKEN, 30), "https://redress.example", engines)  # type: ignore[arg-type]
    body = json.dumps({"file": base64.b64encode(content).decode()}).encode()
    return Caller(guard).send(body, PATH_INFO=OUTPUT_CHECKS)


def test_tensors_that_share_their_bytes_do_not_keep_the_guard_busy() -> None:
    shared = {f"t{number}": [0, SIZE] for number in range(30_000)}
    started = time.process_time()
    answer = ask(claimed(shared, SIZE))
    assert (answer.status, answer.body["decision"]) == (200, "allow")
    assert time.process_time() - started < PATIENCE


@pytest.mark.parametrize(
    "place",
    [
        [10**30, 10**30 + 1],
        [0, 10**30],
        [0, 17],
        [16, 17],
        [-1, 4],
        [4, 2],
        ["0", "4"],
        [0.0, 4.0],
        [0],
    ],
)
def test_tensors_that_lie_outside_the_file_make_no_model_and_no_error(place: list[Any]) -> None:
    content = claimed({"up": place}, 16)
    answer = ask(content)
    assert (answer.status, answer.body["decision"]) == (200, "allow")
    assert files.take(io.BytesIO(content)).tensors is None


@pytest.mark.parametrize(
    ("places", "is_model"),
    [
        ({"a": [0, 8], "b": [8, 16]}, True),
        ({"a": [8, 16], "b": [0, 8]}, True),
        ({"a": [0, 8], "none": [8, 8], "b": [8, 12]}, True),
        ({"a": [0, 8], "b": [7, 16]}, False),
        ({"a": [0, 16], "b": [4, 8]}, False),
        ({"a": [0, 8], "b": [0, 8]}, False),
    ],
)
def test_a_model_s_tensors_follow_one_another(places: dict[str, Any], is_model: bool) -> None:
    assert (files.take(io.BytesIO(claimed(places, 16))).tensors is not None) is is_model


def test_no_byte_of_a_file_is_read_more_than_twice() -> None:
    content = claimed(
        {f"t{number}": [number * 64, number * 64 + 64] for number in range(500)}, 32_000
    )
    file = Counting(content)
    assert files.take(file).tensors is not None
    assert file.read_in_all <= 2 * len(content)


def test_a_header_of_more_entries_than_a_model_has_is_no_model() -> None:
    many = {f"t{number}": [0, 0] for number in range(files.MOST_TENSORS + 1)}
    assert files.take(io.BytesIO(claimed(many, 0))).tensors is None
