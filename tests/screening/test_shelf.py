"""What one worker of the guard holds: right with one entry, with every change, and after a restart."""

import uuid
from dataclasses import replace

import numpy as np
import pytest

from screening.guard.works import MOST_LOOSE, Known, Shelf
from screening.prints import pictures
from screening.prints.pictures import PicturePrint
from screening.suite.generators import draw
from tests.screening.test_recognising_pictures import file

COUNT = 2 * MOST_LOOSE + 30
BITS = np.frombuffer(np.random.RandomState(3).bytes(32 * COUNT), np.uint8).reshape(-1, 32)


def known(number: int, kind: str = "picture") -> Known:
    """A picture known by its hash alone, or a file."""
    name = uuid.UUID(int=number)
    return Known(name, name, "N-2026-000001-K", kind, BITS[number].tobytes(), b"")


@pytest.fixture(scope="module")
def query() -> PicturePrint:
    return pictures.take(file(draw("figure", 5, 1)))


def finds(shelf: Shelf, query: PicturePrint, number: int) -> bool:
    asked = replace(query, whole=BITS[number], mirror=~BITS[number])
    return [one.id.int for one in shelf.pictures(asked)] == [number]


def test_a_shelf_of_nothing_finds_nothing_and_one_of_one_finds_it(query: PicturePrint) -> None:
    empty = Shelf(0)
    assert not finds(empty, query, 1)
    one = empty.changed(1, [known(1)], [])
    assert finds(one, query, 1)
    assert not finds(one, query, 2)
    file_alone = empty.changed(1, [known(3, "file")], [])
    assert file_alone.same_bytes(BITS[3].tobytes()) == known(3, "file")
    upheld = known(4, "file")._replace(bits=BITS[3].tobytes(), upheld=True)
    assert file_alone.changed(2, [upheld], []).same_bytes(BITS[3].tobytes()) == upheld


def test_every_work_answers_after_every_change_also_while_a_new_index_is_built(
    query: PicturePrint,
) -> None:
    shelf, halls = Shelf(0), set()
    for number in range(COUNT):
        before, shelf = shelf, shelf.changed(number + 1, [known(number)], [])
        halls.add(len(shelf.halls))
        for seen in {0, number // 2, number}:
            assert finds(shelf, query, seen), (number, seen)
        # Whoever still asks the one before gets its answer: nobody waits for the new one.
        assert number == 0 or finds(before, query, number - 1)
    assert halls == {1, 2}
    assert len(shelf) == COUNT


def test_a_restart_gives_the_same_shelf_and_what_ended_is_found_no_more(
    query: PicturePrint,
) -> None:
    every = [known(number) for number in range(MOST_LOOSE + 5)]
    grown = (
        Shelf(0).changed(1, every[:3], []).changed(2, every[3:], []).changed(3, [], [every[1].work])
    )
    restarted = Shelf(0).changed(3, [one for one in every if one != every[1]], [])
    for shelf in (grown, restarted):
        assert not finds(shelf, query, 1)
        assert all(finds(shelf, query, number) for number in (0, 2, MOST_LOOSE + 4))


def test_one_case_that_ends_takes_its_hash_out_and_leaves_anothers() -> None:
    bits = BITS[0].tobytes()
    first, second = (known(number, "file")._replace(bits=bits) for number in (1, 2))
    for order in ((first, second), (second, first)):
        for shelf in (
            Shelf(0).changed(1, order, []),
            Shelf(0).changed(1, order[:1], []).changed(2, order[1:], []),
        ):
            assert shelf.changed(3, [], [first.work]).same_bytes(bits) == second
            assert shelf.changed(3, [], [second.work]).same_bytes(bits) == first
            assert shelf.changed(3, [], [first.work, second.work]).same_bytes(bits) is None
