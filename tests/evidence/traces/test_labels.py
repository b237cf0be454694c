"""The label of GB 45438 is read wherever it stands and however it is written; what is odd about it is said."""

import json

import pytest

from evidence.traces.pieces import Carrier
from evidence.traces.reading import Note, Report, read
from evidence.traces.standard import Odd
from evidence.traces.writings import LONGEST_FIELD
from tests.evidence.traces import files
from tests.evidence.traces.files import FIELDS


@pytest.mark.parametrize("name", files.CARRIERS)
def test_a_label_is_read_from_every_place_it_can_stand(name: str) -> None:
    report = read(files.CARRIERS[name]())
    [label] = report.labels
    assert dict(label.fields) == FIELDS
    assert report.locators == ("20261120-7Mx1", "out_7Mx1")
    assert set(label.odd) <= {Odd.KEY_COLON} if "prefix" in name else label.odd == ()
    assert set(report.notes) <= ({Note.TOO_LONG} if "at its end" in name else set())


def odd(content: bytes) -> tuple[Odd, ...]:
    [label] = read(content).labels
    return label.odd


ODDITIES = {
    Odd.LABEL_UNKNOWN: lambda: files.jpeg(files.annex_e(Label="AIGC")),
    Odd.LABEL_MISSING: lambda: files.jpeg(files.annex_e(Label="")),
    Odd.NOT_TEXT: lambda: files.jpeg(files.annex_e(Label=1)),
    Odd.PRODUCE_ID_MISSING: lambda: files.jpeg(files.annex_e(ProduceID="")),
    Odd.PRODUCE_ID_ZEROS: lambda: files.jpeg(files.annex_e(ProduceID="0" * 32)),
    Odd.PRODUCER_MISSING: lambda: files.jpeg(files.annex_e(ContentProducer="")),
    Odd.KEY_MISSING: lambda: files.jpeg(files.bare()),
    Odd.FIELDS_MISSING: lambda: files.jpeg(
        '{"AIGC":{"Label":"1","ContentProducer":"x","ProduceID":"y"}}'
    ),
    Odd.FIELDS_UNKNOWN: lambda: files.jpeg(files.annex_e(Further="1")),
    Odd.NOT_JSON: lambda: files.jpeg(files.annex_e().replace('"', "'")),
    Odd.TOO_LONG: lambda: files.png({"AIGC": files.bare(ReservedCode1="x" * 3000)}),
    Odd.CONTROL_SIGNS: lambda: files.png(
        {"AIGC": files.bare(ReservedCode1="a\u202eb")}, way="iTXt"
    ),
    Odd.UNREADABLE: lambda: files.png({"AIGC": "yes"}),
}


@pytest.mark.parametrize("expected", ODDITIES, ids=str)
def test_what_is_odd_is_said_by_its_name(expected: Odd) -> None:
    assert odd(ODDITIES[expected]()) == (expected,)


@pytest.mark.parametrize(
    "content",
    [
        files.png({"AIGC:": files.bare()}),
        files.jpeg(files.annex_e().replace('"AIGC"', '"AIGC:"')),
        files.jpeg("AIGC:" + files.bare()),
        files.jpeg(files.annex_e().replace('"Label"', '"Label:"')),
        files.png({"AIGC": "AIGC:" + files.bare()}),
        files.mp4(files.freeform("AIGC:", files.bare())),
    ],
)
def test_a_key_with_its_colon_is_read_and_told(content: bytes) -> None:
    [label] = read(content).labels
    assert dict(label.fields) == FIELDS
    assert label.odd == (Odd.KEY_COLON,)


def test_what_real_services_wrote_is_read() -> None:
    text = files.front_matter(Label="AIGC", ContentProducer="Some Agent AI", ProduceID="0" * 32)
    [label] = read(text).labels
    assert label.odd == (Odd.LABEL_UNKNOWN, Odd.PRODUCE_ID_ZEROS)
    assert read(text).locators == ("out_7Mx1",), "what is all zeros is no number to ask for"
    four = text.replace(b"\n  ", b"\n    ").replace(b"'1'", b'"1"')
    assert len(read(four).labels) == 1


@pytest.mark.parametrize("layers", [1, 2])
def test_a_label_quoted_once_too_often_is_read(layers: int) -> None:
    written = files.bare()
    for _layer in range(layers):
        written = json.dumps(written)
    [label] = read(files.png({"AIGC": written})).labels
    assert dict(label.fields) == FIELDS


def test_the_same_label_in_three_places_is_one_label() -> None:
    content = files.saved(
        "JPEG",
        exif=files.exif(files.comment(files.annex_e())),
        xmp=files.xmp(files.element(files.bare())),
        comment=files.annex_e(),
    )
    report = read(content)
    assert len(report.labels) == 1
    assert set(report.places[0]) == {Carrier.EXIF, Carrier.XMP, Carrier.JPEG_COMMENT}
    assert report.notes == ()


def test_labels_that_disagree_are_both_told() -> None:
    report = read(
        files.saved(
            "JPEG",
            exif=files.exif(files.comment(files.annex_e(ProduceID="other"))),
            comment=files.annex_e(),
        )
    )
    assert [one.produce_id for one in report.labels] == ["other", FIELDS["ProduceID"]]
    assert report.notes == (Note.DISAGREE,)
    assert report.locators == ("other", FIELDS["ProduceID"], "out_7Mx1")


@pytest.mark.parametrize(
    "content",
    [
        b"The AIGC label is discussed here: see https://example.org/AIGC/1.0/.",
        b"no_AIGC: {}",
        files.saved("PNG"),
        files.saved("JPEG"),
        files.saved("JPEG", xmp=files.xmp("")),
        files.png({"Software": "MAIGC"}),
        b"",
        b"\x00\x01\x02",
    ],
)
def test_what_has_no_label_gets_none(content: bytes) -> None:
    assert read(content).labels == ()
    assert read(content).empty


def test_nothing_of_a_field_is_longer_than_a_field() -> None:
    [label] = read(files.png({"AIGC": files.bare(ReservedCode1="x" * 9000)})).labels
    assert len(label.fields["ReservedCode1"]) == LONGEST_FIELD
    assert len(label.raw) <= 4096


def test_a_manifest_is_seen_by_its_sign() -> None:
    signs = [
        files.with_chunk(b"caBX", b"jumb"),
        files.mp4(files.box(b"uuid", bytes.fromhex("d8fec3d61b0e483c92975828877ec481"), b"\0" * 8)),
        files.wav((b"C2PA", b"jumb")),
        b"\xff\xd8\xff\xeb\x00\x10JP\0\0jumbc2pa..\xff\xd9",
    ]
    reports: list[Report] = [read(one) for one in signs]
    assert [one.manifest for one in reports] == [True] * 4
    assert not read(files.saved("PNG")).manifest
