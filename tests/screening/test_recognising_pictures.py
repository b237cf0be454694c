"""A picture is recognised after what usually happens to it, and nothing else is taken for it."""

import io
from collections.abc import Mapping

import numpy as np
import pytest
from PIL import Image

from evidence import pdf
from screening.prints import decoding, pdq, pictures
from screening.prints.decoding import decode
from screening.prints.errors import PictureTooLarge, UnreadablePicture
from screening.prints.gallery import Gallery
from screening.prints.pictures import PicturePrint
from screening.suite.generators import GENERATORS, draw
from screening.suite.transforms import TRANSFORMS

HARD = ("jpeg 30", "resize to 128 px", "crop 5 %", "mirror", "rotate +5", "border", "caption bar")


def file(picture: Image.Image) -> bytes:
    content = io.BytesIO()
    picture.save(content, "PNG")
    return content.getvalue()


def taken(picture: Image.Image) -> PicturePrint:
    return pictures.take(file(picture))


def changed(picture: Image.Image, name: str) -> PicturePrint:
    return taken(TRANSFORMS[name](picture, np.random.RandomState(5)))


@pytest.fixture(scope="module")
def works() -> Mapping[str, Image.Image]:
    return {kind: draw(kind, 901, 1) for kind in GENERATORS}


@pytest.fixture(scope="module")
def prints(works: Mapping[str, Image.Image]) -> list[PicturePrint]:
    return [taken(picture) for picture in works.values()]


@pytest.fixture(scope="module")
def gallery(prints: list[PicturePrint]) -> Gallery:
    return Gallery(np.stack([one.whole for one in prints]), [one.codes for one in prints])


@pytest.mark.parametrize("name", HARD)
def test_a_changed_picture_is_recognised_as_its_work(
    name: str, works: Mapping[str, Image.Image], prints: list[PicturePrint], gallery: Gallery
) -> None:
    kinds = list(works)
    for kind in ("landscape", "figure", "poster"):
        hit, _ = gallery.best(changed(works[kind], name), prints.__getitem__)
        assert hit is not None, kind
        assert kinds[hit.work] == kind
        assert hit.likeness.mirrored is (name == "mirror")


def test_another_picture_of_the_same_style_and_layout_is_not(
    prints: list[PicturePrint], gallery: Gallery
) -> None:
    for kind in GENERATORS:
        hit, _ = gallery.best(taken(draw(kind, 901, 2)), prints.__getitem__)
        assert hit is None, kind


def test_plain_hashes_miss_the_mirror_and_the_cut_that_are_recognised(
    works: Mapping[str, Image.Image],
) -> None:
    work = works["landscape"]
    for name in ("mirror", "crop 10 %"):
        query = changed(work, name)
        assert pdq.distance(query.whole, taken(work).whole) > pdq.SAME
        assert pictures.compare(query, taken(work)).recognised


def test_the_hash_of_the_mirror_image_is_the_mirrors_own_hash(
    works: Mapping[str, Image.Image],
) -> None:
    mirror = changed(works["figure"], "mirror")
    assert pdq.distance(taken(works["figure"]).mirror, mirror.whole) <= 10


def test_what_is_no_picture_is_refused_with_a_sentence() -> None:
    assert pdf.render, "drawing papers brings a library along that would let half a picture pass"
    with pytest.raises(UnreadablePicture, match="no picture"):
        decode(b"%PDF-1.7 not a picture")
    whole = file(draw("figure", 1, 1))
    with pytest.raises(UnreadablePicture, match="no picture"):
        decode(whole[: len(whole) // 2])


def test_a_bomb_is_refused_by_its_declared_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "MOST_PIXELS", 100 * 100)
    with pytest.raises(PictureTooLarge, match="pixels"):
        decode(file(Image.new("RGB", (101, 100))))
    with pytest.raises(PictureTooLarge, match="bytes"):
        decode(b"\0" * (decoding.LARGEST_FILE + 1))


def test_a_transparent_picture_is_looked_at_on_white() -> None:
    grey = decode(file(Image.new("RGBA", (64, 64), (0, 0, 0, 0))))
    assert grey.min() > 254
