"""Reading a file's traces: whatever is handed in, an answer comes back, within bounds of time and memory."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from typing import BinaryIO, Final

from evidence.traces.carriers import gif, id3, jpeg, mp4, png, riff, sound, tiff, webm, words
from evidence.traces.labels import Label, labels_in
from evidence.traces.parameters import Parameters, parameters_in
from evidence.traces.pieces import Carrier, Manifest, Piece, Text
from evidence.traces.source import Ended, Source, Spent

DETECTOR: Final = "redress traces 1"
MOST_TEXTS: Final = 300
MOST_SIGNS: Final = 8 << 20
MOST_LABELS: Final = 20
MOST_RUNS: Final = 10
_SHORT: Final = 20_000


class Note(StrEnum):
    """What is strange about the file as a whole."""

    TRUNCATED = "truncated"
    TOO_MUCH = "too_much"
    TOO_LONG = "too_long"
    DISAGREE = "disagree"
    UNKNOWN_KIND = "unknown_kind"


@dataclass(frozen=True)
class Report:
    """What one file says about its making. `labels` differ from each other; equal ones are one with several places."""

    detector: str
    labels: tuple[Label, ...]
    places: tuple[tuple[Carrier, ...], ...]
    """Where each label stood, in the order of `labels`."""
    runs: tuple[Parameters, ...]
    manifest: bool
    """There is the sign of a C2PA manifest; whether it holds is read elsewhere."""
    notes: tuple[Note, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing was found. That says nothing about how the file was made."""
        return not (self.labels or self.runs or self.manifest)

    @property
    def locators(self) -> tuple[str, ...]:
        """The numbers a platform can be asked for: ProduceIDs first, then PropagateIDs."""
        told = [one.produce_id for one in self.labels] + [one.propagate_id for one in self.labels]
        return tuple(dict.fromkeys(one for one in told if one))


def read(stream: BinaryIO | bytes) -> Report:
    """Everything found, by one walk. Never raises for what the file holds; does not change it, closes nothing."""
    source = Source(stream)
    texts: list[Text] = []
    notes: list[Note] = []
    manifest = False
    walk = _walk_of(source)
    if walk is None:
        notes.append(Note.UNKNOWN_KIND)
    try:
        for piece in islice(walk(source), MOST_TEXTS + 1) if walk else ():
            if isinstance(piece, Manifest):
                manifest = True
            else:
                texts.append(piece)
            if len(texts) > MOST_TEXTS or sum(len(one.value) for one in texts) > MOST_SIGNS:
                raise Spent
    except Ended:
        notes.append(Note.TRUNCATED)
    except Spent:
        notes.append(Note.TOO_MUCH)
    if any(one.cut for one in texts):
        notes.append(Note.TOO_LONG)
    return _report(texts[:MOST_TEXTS], manifest, notes)


def _walk_of(source: Source) -> Callable[[Source], Iterator[Piece]] | None:
    head = source.some(0, 16)
    for sign, walk in _SIGNS:
        if head.startswith(sign):
            return walk
    if head[4:8] in {b"ftyp", b"moov", b"wide", b"mdat", b"free"}:
        return mp4.pieces
    if head[:2] == b"\xff\xfb" or head[:2] == b"\xff\xf3":
        return _nothing
    return words.text if _is_words(source) else None


def _nothing(_source: Source) -> Iterator[Piece]:
    """Sound without any head."""
    return iter(())


def _is_words(source: Source) -> bool:
    start = source.some(0, 4096)
    return bool(start) and not any(byte < 9 or 13 < byte < 27 for byte in start)


_SIGNS: Final[tuple[tuple[bytes, Callable[[Source], Iterator[Piece]]], ...]] = (
    (png.SIGNATURE, png.pieces),
    (b"\xff\xd8\xff", jpeg.pieces),
    (b"RIFF", riff.pieces),
    (b"GIF8", gif.pieces),
    (b"II*\x00", tiff.pieces),
    (b"MM\x00*", tiff.pieces),
    (b"ID3", id3.pieces),
    (b"fLaC", sound.flac),
    (b"OggS", sound.ogg),
    (webm.SIGNATURE, webm.pieces),
    (b"%PDF-", words.pdf),
)


def _report(texts: list[Text], manifest: bool, notes: list[Note]) -> Report:
    labels, places = _merged(
        islice((one for text in texts for one in labels_in(text)), MOST_LABELS)
    )
    others = {one.key.strip().lower(): one.value for one in texts if len(one.value) < _SHORT}
    runs = islice((one for text in texts for one in parameters_in(text, others)), MOST_RUNS)
    told = {(one.fields.get("Label"), one.produce_id) for one in labels}
    if len(told) > 1:
        notes.append(Note.DISAGREE)
    return Report(DETECTOR, labels, places, tuple(runs), manifest, tuple(dict.fromkeys(notes)))


def _merged(
    labels: Iterable[Label],
) -> tuple[tuple[Label, ...], tuple[tuple[Carrier, ...], ...]]:
    """Labels with the same fields as one; what is odd at any of its places is told."""
    found: dict[tuple[tuple[str, str], ...], Label] = {}
    places: dict[tuple[tuple[str, str], ...], list[Carrier]] = {}
    for one in labels:
        key = tuple(sorted(one.fields.items()))
        if key in found:
            odd = tuple(dict.fromkeys([*found[key].odd, *one.odd]))
            found[key] = replace(found[key], odd=odd)
        else:
            found[key] = one
        places.setdefault(key, [])
        if one.carrier not in places[key]:
            places[key].append(one.carrier)
    return tuple(found.values()), tuple(tuple(one) for one in places.values())
