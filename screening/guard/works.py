"""The works as one worker of the guard holds them: all exact hashes, and galleries of pictures and texts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from screening.guard.keeper import Source
from screening.guard.store import Connection, state_of
from screening.prints import alignment, features
from screening.prints.gallery import Gallery
from screening.prints.pictures import PicturePrint

CHANNEL: Final = "redress_works"
MOST_LOOSE: Final = 200  # pictures beside the large gallery; then one is built of all
_PRINTS: Final = """
    SELECT print.id, work.id, work.case_reference, print.kind, print.bits, print.codes, print.upheld
    FROM screening_fingerprint print JOIN screening_work work ON work.id = print.work_id
    WHERE work.ended_at IS NULL AND work.version > %s
"""
_ENDED: Final = "SELECT id FROM screening_work WHERE ended_at IS NOT NULL AND version > %s"
_WHOLE: Final = (
    "SELECT id, bits, codes, points, small FROM screening_fingerprint WHERE id = ANY(%s)"
)


class Known(NamedTuple):
    """One fingerprint: of which work, on which case. `upheld`: of an output that a decision upheld."""

    id: UUID
    work: UUID
    case: str
    kind: str
    bits: bytes
    codes: bytes
    upheld: bool = False


@dataclass(frozen=True)
class Hall:
    """Pictures and the gallery built of them."""

    pictures: Sequence[Known]
    gallery: Gallery

    @classmethod
    def of(cls, pictures: Sequence[Known]) -> "Hall":
        """Build the index; that of a million codes takes seconds."""
        whole = np.frombuffer(b"".join(one.bits for one in pictures), np.uint8).reshape(-1, 32)
        return cls(pictures, Gallery(whole, [_rows(one.codes) for one in pictures]))


@dataclass(frozen=True)
class Shelf:
    """Immutable. Changes give a new one that shares what did not change; nobody ever waits for it."""

    version: int
    # The same file can be known of several cases: one that ends leaves the others.
    exact: Mapping[bytes, Sequence[Known]] = field(default_factory=dict)
    texts: Mapping[int, Sequence[Known]] = field(default_factory=dict)
    halls: Sequence[Hall] = ()
    ended: frozenset[UUID] = frozenset()
    count: int = 0

    def __len__(self) -> int:
        return self.count

    def same_bytes(self, *digests: bytes) -> Known | None:
        """The work of which one of these is the hash of a file or of its tensors, an upheld output first."""
        named = (one for digest in digests for one in self.exact.get(digest, ()))
        found = [one for one in named if one.work not in self.ended]
        return next((one for one in found if one.upheld), found[0] if found else None)

    def pictures(self, query: PicturePrint) -> list[Known]:
        """Pictures that may be shown in the query, to be compared."""
        named = [hall.pictures[p] for hall in self.halls for p in hall.gallery.candidates(query)]
        return [one for one in named if one.work not in self.ended]

    def passages(self, shingles: Sequence[int]) -> list[tuple[Known, set[int]]]:
        """The texts of works that share shingles, each with those."""
        shared: dict[UUID, tuple[Known, set[int]]] = {}
        for shingle in shingles:
            for one in self.texts.get(shingle, ()):
                if one.work not in self.ended:
                    shared.setdefault(one.id, (one, set()))[1].add(shingle)
        return list(shared.values())

    def changed(self, version: int, new: Sequence[Known], ended: Sequence[UUID]) -> "Shelf":
        """This shelf with further works, and without some."""
        halls = list(self.halls)
        if loose := [one for one in new if one.kind == "picture"]:
            beside = [*(halls.pop().pictures if len(halls) > 1 else ()), *loose]
            if len(beside) > MOST_LOOSE or not halls:
                kept = [
                    one for hall in halls for one in hall.pictures if one.work not in self.ended
                ]
                halls, beside = [], [*kept, *beside]
            halls.append(Hall.of(beside))
        return Shelf(
            version,
            _with_files(self.exact, [one for one in new if one.kind in {"file", "tensors"}]),
            _with_texts(self.texts, [one for one in new if one.kind == "text"]),
            halls,
            self.ended | frozenset(ended),
            self.count + len(new),
        )


state: Final = state_of("screening_worksetversion")


def load(connection: Connection, held: Shelf | None) -> Shelf:
    """The works as they are now: what changed since `held`, or everything; read in one snapshot."""
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        version = state(connection).version
        base = held if held is not None and held.version <= version else Shelf(-1)
        new = list(_known(connection, base.version))
        gone = connection.execute(_ENDED, [base.version]).fetchall() if held else []
    return base.changed(version, new, [row[0] for row in gone])


SOURCE: Final = Source("works", CHANNEL, state, load)


def whole(connection: Connection, known: Sequence[Known]) -> dict[UUID, PicturePrint]:
    """The full prints of candidates, by the id of the fingerprint."""
    rows = connection.execute(_WHOLE, [[one.id for one in known]]).fetchall()
    return {row[0]: _picture(row) for row in rows}


def _known(connection: Connection, version: int) -> Iterator[Known]:
    with connection.cursor(name="works") as cursor:
        cursor.itersize = 2_000
        for row in cursor.execute(_PRINTS, [version]):
            yield Known(*row)


def _with_files(
    exact: Mapping[bytes, Sequence[Known]], new: Sequence[Known]
) -> Mapping[bytes, Sequence[Known]]:
    if not new:
        return exact
    joined = dict(exact)
    for one in new:
        joined[one.bits] = (*joined.get(one.bits, ()), one)
    return joined


def _with_texts(
    texts: Mapping[int, Sequence[Known]], new: Sequence[Known]
) -> Mapping[int, Sequence[Known]]:
    if not new:
        return texts
    joined = dict(texts)
    for one in new:
        for shingle in np.frombuffer(one.codes, ">u8").tolist():
            joined[shingle] = (*joined.get(shingle, ()), one)
    return joined


def _rows(codes: bytes) -> NDArray[np.uint8]:
    return np.frombuffer(codes, np.uint8).reshape(-1, 32)


def _picture(row: tuple[Any, ...]) -> PicturePrint:
    bits = np.frombuffer(row[1], np.uint8)
    small = np.frombuffer(row[4], np.uint8).reshape(alignment.SIDE, alignment.SIDE)
    return PicturePrint(bits, bits, _rows(row[2]), features.unpacked(row[3]), small)
