"""Whatever is handed in, reading ends soon, takes little memory, and never raises."""

import io
import random
import struct
import time
import tracemalloc
import zlib
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evidence.traces.reading import MOST_LABELS, Note, Report, read
from evidence.traces.source import LONGEST_TEXT
from tests.evidence.traces import files

SECONDS, MEMORY = 3.0, 60 << 20


def bounded(content: bytes) -> Report:
    stream = io.BytesIO(content)
    tracemalloc.start()
    start = time.process_time()
    try:
        found = read(stream)
        taken, peak = time.process_time() - start, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    # tracemalloc itself makes reading several times as slow.
    assert taken < SECONDS * 3, f"{taken:.1f} s"
    assert peak < MEMORY, f"{peak >> 20} MB"
    return found


def deep(sign: str, times: int = 200_000) -> str:
    return f'{{"AIGC": {sign * times}'


HOSTILE: dict[str, Callable[[], bytes]] = {
    "zTXt bomb": lambda: files.with_chunk(
        b"zTXt", b"AIGC\0\0" + zlib.compress(b'{"Label":"' + b"1" * (50 << 20))
    ),
    "iTXt bomb": lambda: files.with_chunk(
        b"iTXt", b"AIGC\0\1\0\0\0" + zlib.compress(b" " * (50 << 20))
    ),
    "many bombs": lambda: b"".join(
        [files.saved("PNG")[:33]]
        + [files.chunk(b"zTXt", b"a\0\0" + zlib.compress(b" " * (2 << 20)))] * 200
    ),
    "XMP of 50 MB": lambda: files.with_chunk(
        b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + b"<TC260:AIGC>" * (50 * 87_000)
    ),
    "unclosed elements": lambda: files.png({"XML:com.adobe.xmp": "<a:AIGC>" * 100_000}, way="iTXt"),
    "attributes without end": lambda: files.png(
        {"XML:com.adobe.xmp": "<a x:AIGC='" * 80_000}, way="iTXt"
    ),
    "elements that are only closed": lambda: files.png(
        {"XML:com.adobe.xmp": "</a:AIGC>" * 110_000}, way="iTXt"
    ),
    "names alone": lambda: files.png({"XML:com.adobe.xmp": "a:AIGC " * 140_000}, way="iTXt"),
    "entities": lambda: files.png(
        {"XML:com.adobe.xmp": "<a:AIGC>" + "&amp;" * 150_000 + "</a:AIGC>"}, way="iTXt"
    ),
    "deep arrays": lambda: files.png({"AIGC": deep("[")}),
    "deep objects": lambda: files.png({"AIGC": deep('{"AIGC":')}),
    "deep graph": lambda: files.png({"prompt": '{"a":' * 100_000}),
    "a number of a million digits": lambda: files.png({"AIGC": f'{{"Label": {"9" * 900_000}}}'}),
    "quotes": lambda: files.png({"AIGC": '"' * 900_000}),
    "escapes": lambda: files.png({"AIGC": '"' + "\\" * 900_000}),
    "a thousand labels": lambda: b"".join(
        [files.saved("PNG")[:33]]
        + [
            files.chunk(b"tEXt", b"AIGC\0" + files.bare(ProduceID=str(one)).encode())
            for one in range(1000)
        ]
    ),
    "labels in a text": lambda: (files.annex_e() + "\n").encode() * 2000,
    "YAML without end": lambda: b"AIGC:\n" + b"  Label: 1\n" * 200_000,
    "keys only": lambda: b"AIGC:\n" * 40_000,
    "spaces": lambda: b"AIGC" + b" " * 200_000,
    "chunks without end": lambda: files.saved("PNG")[:33] + files.chunk(b"aaAa", b"") * 200_000,
    "a chunk beyond the end": lambda: files.saved("PNG")[:33] + b"\xff\xff\xff\xfftEXtAIGC\0",
    "EXIF in a circle": lambda: (
        b"II*\0\x08\0\0\0" + struct.pack("<HHHII", 1, 0x8769, 4, 1, 8) + b"\0" * 4
    ),
    "EXIF of 65535 entries": lambda: (
        b"II*\0\x08\0\0\0\xff\xff" + struct.pack("<HHII", 0x010E, 2, 0xFFFFFFFF, 8) * 65535
    ),
    "boxes of no size": lambda: files.box(b"ftyp") + b"\0\0\0\x08free" * 200_000,
    "boxes in boxes": lambda: (
        files.box(b"ftyp")
        + b"".join(struct.pack(">I4s", 80_000 - 8 * one, b"moov") for one in range(10_000))
    ),
    "a box of 2**64": lambda: files.box(b"ftyp") + b"\0\0\0\x01moov" + b"\xff" * 8,
    "ID3 of 256 MB": lambda: b"ID3\x04\0\0\x7f\x7f\x7f\x7fTXXX\x7f\x7f\x7f\x7f\0\0\x03AIGC\0",
    "pages without end": lambda: (
        (b"OggS" + b"\0" * 22 + b"\xff" + b"\xff" * 255 + b"\0" * 65025) * 40
    ),
    "comments beyond the end": lambda: b"fLaC\x84\0\0\x0c" + b"\0" * 4 + b"\xff" * 8,
    "EBML without size": lambda: b"\x1a\x45\xdf\xa3\xff" + b"\x67\xc8\xff" * 50_000,
    "segments without end": lambda: b"\xff\xd8" + b"\xff\xe1\0\x02" * 200_000,
    "fill without end": lambda: b"\xff\xd8" + b"\xff" * 500_000,
    "extended XMP of 50 MB": lambda: (
        b"\xff\xd8"
        + (b"\xff\xe1\xff\xff" + b"http://ns.adobe.com/xmp/extension/\0" + b"x" * 65498) * 800
        + b"\xff\xd9"
    ),
    "colours beyond the end": lambda: b"GIF89a\1\0\1\0\xf7\0\0",
    "PDF of packets": lambda: b"%PDF-1.7" + b"<x:xmpmeta" * 500_000,
    "PDF of brackets": lambda: b"%PDF-1.7" + b"/AIGC (" * 300_000,
    "PDF of escapes": lambda: b"%PDF-1.7/AIGC (" + b"\\(" * 900_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_costs_little_and_breaks_nothing(name: str) -> None:
    found = bounded(HOSTILE[name]())
    assert len(found.labels) <= MOST_LABELS
    assert all(len(one.raw) <= 4096 for one in found.labels)


def test_a_text_that_is_too_long_is_read_so_far_and_said_to_be() -> None:
    found = bounded(HOSTILE["zTXt bomb"]())
    assert Note.TOO_LONG in found.notes
    long = files.png({"AIGC": files.bare() + " " * (2 * LONGEST_TEXT)}, way="zTXt")
    assert dict(read(long).labels[0].fields) == files.FIELDS


@pytest.mark.parametrize("name", files.CARRIERS)
def test_a_file_cut_off_anywhere_is_read_as_far_as_it_goes(name: str) -> None:
    whole = files.CARRIERS[name]()
    dice = random.Random(7)
    for _try in range(40):
        cut = whole[: dice.randrange(len(whole))]
        assert len(read(cut).labels) <= 2


def test_a_file_cut_off_in_its_structure_is_said_to_be() -> None:
    whole = files.png({"AIGC": files.bare()})
    assert read(whole[:-20]).notes == (Note.TRUNCATED,)
    assert read(files.mp4(files.freeform("AIGC", files.bare()))[:-10]).notes == (Note.TRUNCATED,)
    assert read(whole[:-20]).labels != ()


@settings(max_examples=60)
@given(
    name=st.sampled_from(sorted(files.CARRIERS)),
    places=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), max_size=12),
    gone=st.floats(0, 0.3),
)
def test_a_file_with_wrong_bytes_never_breaks_the_reader(
    name: str, places: list[tuple[float, int]], gone: float
) -> None:
    content = bytearray(files.CARRIERS[name]()[:20_000])
    for place, value in places:
        content[int(place * len(content))] = value
    del content[int(gone * len(content)) : int(gone * len(content)) + len(places)]
    read(bytes(content))


@settings(max_examples=150)
@given(head=st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF....WEBP", b"GIF89a", b"II*\0", b"MM\0*", b"ID3\4\0\0", b"fLaC", b"OggS", b"\x1a\x45\xdf\xa3", b"%PDF-", b"\0\0\0\x10ftyp"]), rest=st.binary(max_size=300))  # fmt: skip
@example(head=b"GIF89a", rest=b"")
def test_any_bytes_at_all_get_an_answer(head: bytes, rest: bytes) -> None:
    read(head + rest)


@settings(max_examples=150)
@given(st.text(alphabet="AIGC\":{}[]=\\&;<>/'Labelroducnt1 \n\0", max_size=120))
def test_any_writing_of_a_label_gets_an_answer(words: str) -> None:
    read(("---\nAIGC:" + words).encode())
    read(files.with_chunk(b"iTXt", b"AIGC\0\0\0\0\0" + words.encode()))
    read(files.with_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<a:AIGC" + words.encode()))
