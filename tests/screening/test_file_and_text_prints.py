"""Files are known by their bytes, models by their tensors, texts by their passages."""

import hashlib
import io
import json
import struct

from screening.prints import files, texts

SONG = "The lantern on the river knows the winter by its name, and every boat that passes carries home the flame."
POEM = "孤灯照水夜未央，狐影轻移过画廊。千里风霜皆作客，一声铃响忆还乡。"


def model(names: list[str], metadata: dict[str, str], *, order: list[int] | None = None) -> bytes:
    tensors = [bytes([number]) * 16 for number in range(len(names))]
    header: dict[str, object] = {"__metadata__": metadata}
    data = b""
    for place in order or range(len(names)):
        header[names[place]] = {
            "dtype": "F32",
            "shape": [2, 2],
            "data_offsets": [len(data), len(data) + 16],
        }
        data += tensors[place]
    raw = json.dumps(header).encode()
    return struct.pack("<Q", len(raw)) + raw + data


def taken(content: bytes) -> files.FilePrint:
    return files.take(io.BytesIO(content))


def test_a_renamed_and_relabelled_model_has_the_same_tensors() -> None:
    first = taken(model(["up", "down"], {"title": "fox"}))
    second = taken(model(["a", "b"], {"title": "my own"}, order=[1, 0]))
    assert first.sha256 != second.sha256
    assert first.tensors == second.tensors is not None


def test_another_tensor_or_shape_is_another_model() -> None:
    first = model(["up", "down"], {})
    assert taken(first).tensors != taken(first[:-1] + b"\x07").tensors
    assert taken(first).tensors != taken(first.replace(b"[2, 2]", b"[4, 1]", 1)).tensors


def test_other_files_have_the_hash_of_their_bytes_alone() -> None:
    for content in (
        b"",
        b"short",
        b"\xff" * 64,
        model(["up"], {})[:-4],
        b"\x02" + b"\0" * 7 + b"[]",
    ):
        assert taken(content) == files.FilePrint(hashlib.sha256(content).digest(), None)


def test_a_passage_is_found_with_its_place_whatever_stands_around_it() -> None:
    known = texts.winnowed(SONG)
    asked = "I wrote this: THE LANTERN on the river -- knows the winter, by its name! And every boat that passes, carries on."
    told = texts.overlap(asked, known)
    assert told is not None
    [(start, end)] = told.spans
    assert asked[start:end] in asked[asked.index("THE LANTERN") : asked.index(" on.")]
    assert "river -- knows the winter, by its name! And every boat" in asked[start:end]


def test_a_chinese_passage_is_found_without_its_punctuation() -> None:
    asked = "新歌：孤灯照水夜未央 狐影轻移过画廊 千里风霜皆作客……"
    told = texts.overlap(asked, texts.winnowed(POEM))
    assert told is not None
    assert "夜未央 狐影轻移过画廊 千里风霜" in asked[slice(*told.spans[0])]
    assert "新歌" not in asked[slice(*told.spans[0])]


def test_the_same_words_in_another_order_are_no_passage() -> None:
    jumbled = " ".join(sorted(SONG.split()))
    assert texts.overlap(jumbled, texts.winnowed(SONG)) is None
    assert texts.overlap("", texts.winnowed(SONG)) is None
    assert texts.overlap(SONG, texts.winnowed("too short")) is None
