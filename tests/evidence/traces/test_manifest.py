"""A C2PA manifest is read by its own library, apart from us, and what does not hold is named."""

import io

import pytest

from evidence.traces import manifest
from evidence.traces.manifest import Answer, Manifest
from evidence.traces.reading import read
from tests.evidence.traces import files
from tests.evidence.traces.signing import signed


def looked(content: bytes) -> Manifest:
    return manifest.look(io.BytesIO(content), sign=read(content).manifest)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_an_intact_manifest_is_read(kind: str) -> None:
    found = looked(signed(files.saved(kind), f"image/{kind.lower()}"))
    assert found.answer == Answer.INTACT
    assert (found.generator, found.signer) == ("Acme AI", "Test signer")
    assert found.sources == ("trainedAlgorithmicMedia",)
    assert found.reader.startswith("c2pa-python ")


def test_a_manifest_that_does_not_fit_the_file_is_broken() -> None:
    content = bytearray(signed(files.saved("PNG"), "image/png"))
    content[-30] ^= 1
    found = looked(bytes(content))
    assert found.answer == Answer.BROKEN
    assert found.failures == ("assertion.dataHash.mismatch",)


def test_a_manifest_that_is_cut_off_is_unreadable_and_no_error() -> None:
    content = signed(files.saved("PNG"), "image/png")
    assert looked(content[:6000]).answer == Answer.UNREADABLE
    assert looked(files.with_chunk(b"caBX", b"jumb" * 50)).answer == Answer.UNREADABLE


def test_a_file_without_the_sign_of_one_is_not_given_to_the_library(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("subprocess.run", None)
    assert looked(files.saved("PNG")).answer == Answer.NONE


def test_without_the_library_it_is_said_that_nobody_looked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    assert looked(signed(files.saved("PNG"), "image/png")).answer == Answer.NOT_LOOKED


def test_a_reader_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    content = signed(files.saved("PNG"), "image/png")
    monkeypatch.setattr(manifest, "_SECONDS", 0.001)
    assert looked(content).answer == Answer.UNREADABLE
