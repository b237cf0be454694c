"""The mark check: a picture is manipulated in the common ways, and each time its marks are looked for again.

Marks of four kinds: the hidden label (GB 45438), a C2PA manifest, the visible mark at a place that the asker names,
and, when all of these are gone, whether the output check still knows the picture by its looks.
"""

import io
import struct
import warnings
import zlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo

from evidence.traces.reading import Report, read
from screening.marks.manipulations import MANIPULATIONS, Changed, Manipulation, Picture
from screening.prints import pictures
from screening.prints.errors import PictureTooLarge, UnreadablePicture
from screening.prints.pictures import PicturePrint

FORMATS: Final = ("PNG", "JPEG", "WEBP")
MOST_PIXELS: Final = 16_000_000
_ALIKE: Final = 0.75  # correlation of the mark's place before and after
_INSIDE: Final = 0.95  # of the mark that has to be left
_SMALLEST: Final = 8  # pixels of height in which a word can still be read
_XMP: Final = "XML:com.adobe.xmp"
# What Pillow's readers are known to raise on damaged and on hostile files.
_UNREADABLE: Final = (
    *(OSError, ValueError, SyntaxError, EOFError, LookupError, ArithmeticError, TypeError),
    *(struct.error, zlib.error, Image.DecompressionBombError),
)


class Fate(StrEnum):
    """What became of a mark."""

    KEPT = "kept"
    CHANGED = "changed"  # There is one still, and it says something else.
    LOST = "lost"
    NONE = "none"  # There was none to lose.


@dataclass(frozen=True)
class Box:
    """Where the visible mark stands, in per mille of width and height."""

    left: int
    top: int
    width: int
    height: int

    def __post_init__(self) -> None:
        edges = (self.left, self.top, self.left + self.width, self.top + self.height)
        if min(self.width, self.height) < 1 or min(edges) < 0 or max(edges) > 1000:
            raise ValueError("a place is left, top, width and height in per mille of the picture")


@dataclass(frozen=True)
class Row:
    """One manipulation. `kept_by_care`: by a program that carries metadata over; `kept_by_none`: by one that does not."""

    name: str
    kept_by_care: Fate
    kept_by_none: Fate
    credential: Fate
    visible: Fate
    recognised: bool
    score: float


@dataclass(frozen=True)
class MarkCheck:
    """What the picture carries, and what of it is left after each manipulation."""

    report: Report
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class _Metadata:
    """What a careful program carries from one format to another."""

    exif: bytes
    xmp: bytes
    texts: dict[str, str]
    comment: bytes


def check(content: bytes, mark: Box | None = None) -> MarkCheck:
    """Every manipulation in turn. Raises UnreadablePicture and PictureTooLarge; takes some seconds."""
    report = read(content)
    picture, metadata, original = _opened(content)
    known = pictures.take(_saved(picture, "PNG", 90, None))
    rows = tuple(
        _row(name, one, _Whole(picture, metadata, original, report, known, mark))
        for name, one in MANIPULATIONS.items()
    )
    return MarkCheck(report, rows)


@dataclass(frozen=True)
class _Whole:
    picture: Picture
    metadata: _Metadata
    format: str
    report: Report
    known: PicturePrint
    mark: Box | None


def _row(name: str, one: Manipulation, whole: _Whole) -> Row:
    changed = one.act(whole.picture)
    kind = one.format or whole.format
    bare = _saved(changed.picture, kind, one.quality, None)
    careful = _saved(changed.picture, kind, one.quality, whole.metadata) if one.keeps else bare
    after = _decoded(bare)
    score, recognised = _likeness(bare, whole.known)
    return Row(
        name=name,
        kept_by_care=_label(whole.report, read(careful)),
        kept_by_none=_label(whole.report, read(bare)),
        credential=_credential(whole.report, read(careful)),
        visible=_visible(whole, Changed(after, changed.scale, changed.left, changed.top)),
        recognised=recognised,
        score=score,
    )


def _likeness(content: bytes, known: PicturePrint) -> tuple[float, bool]:
    try:
        found = pictures.compare(pictures.take(content), known)
    except UnreadablePicture:  # too small by now to be recognised by anybody
        return 0.0, False
    return round(found.score, 3), found.recognised


def _label(before: Report, after: Report) -> Fate:
    if not before.labels:
        return Fate.NONE
    if not after.labels:
        return Fate.LOST
    wanted = {tuple(sorted(one.fields.items())) for one in before.labels}
    left = {tuple(sorted(one.fields.items())) for one in after.labels}
    return Fate.KEPT if wanted <= left else Fate.CHANGED


def _credential(before: Report, after: Report) -> Fate:
    if not before.manifest:
        return Fate.NONE
    return Fate.KEPT if after.manifest else Fate.LOST


def _visible(whole: _Whole, changed: Changed) -> Fate:
    """Whether the place of the mark is still there, large enough, and looks as it did."""
    if whole.mark is None:
        return Fate.NONE
    before = _place(whole.mark, whole.picture)
    moved = (changed.left, changed.top, changed.left, changed.top)
    after = tuple(edge * changed.scale + by for edge, by in zip(before, moved, strict=True))
    across = _overlap(after[0], after[2], changed.picture.width)
    inside = across * _overlap(after[1], after[3], changed.picture.height)
    if inside < _INSIDE or after[3] - after[1] < _SMALLEST:
        return Fate.LOST
    now = changed.picture.crop(tuple(round(edge) for edge in after))  # type: ignore[arg-type]
    was = whole.picture.crop(before)
    return Fate.KEPT if _correlation(was, now.resize(was.size)) >= _ALIKE else Fate.CHANGED


def _place(mark: Box, picture: Picture) -> tuple[int, int, int, int]:
    """The mark's place in pixels, at least two wide and high."""
    left, top = mark.left * picture.width // 1000, mark.top * picture.height // 1000
    wide = max(mark.width * picture.width // 1000, 2)
    high = max(mark.height * picture.height // 1000, 2)
    return left, top, left + wide, top + high


def _overlap(start: float, end: float, size: int) -> float:
    return max(0.0, min(end, size) - max(start, 0.0)) / max(end - start, 1e-9)


def _correlation(one: Picture, other: Picture) -> float:
    """Of the grey values of two pictures of one size; 1 for the same, and for two that are plain alike."""
    first, second = (np.asarray(each.convert("L"), np.float64).ravel() for each in (one, other))
    first, second = first - first.mean(), second - second.mean()
    norm = float(np.sqrt((first @ first) * (second @ second)))
    if norm < 1e-6:
        return float(np.allclose(first, second))
    return float(first @ second) / norm


def _opened(content: bytes) -> tuple[Picture, _Metadata, str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise PictureTooLarge(f"more than {MOST_PIXELS} pixels")
                opened.load()
                metadata = _metadata(opened)
                upright = ImageOps.exif_transpose(opened)
                return upright.convert("RGB"), metadata, str(opened.format)
        except UnreadablePicture:
            raise
        except _UNREADABLE as error:
            raise UnreadablePicture("no picture that can be read: PNG, JPEG or WebP") from error


def _metadata(opened: Image.Image) -> _Metadata:
    info = opened.info
    texts = dict(getattr(opened, "text", {}))
    xmp = info.get("xmp") or texts.pop(_XMP, b"")
    comment = info.get("comment", b"")
    return _Metadata(
        exif=info.get("exif", b""),
        xmp=xmp.encode() if isinstance(xmp, str) else xmp,
        texts={key: str(value) for key, value in texts.items() if key != _XMP},
        comment=comment if isinstance(comment, bytes) else b"",
    )


def _saved(picture: Picture, kind: str, quality: int, kept: _Metadata | None) -> bytes:
    target = io.BytesIO()
    options: dict[str, object] = {} if kind == "PNG" else {"quality": quality}
    if kept is not None:
        options |= _carried(kind, kept)
    picture.info.clear()
    picture.save(target, kind, **options)
    return target.getvalue()


def _carried(kind: str, kept: _Metadata) -> dict[str, object]:
    """What this format has room for. Texts of a PNG go nowhere but into a PNG."""
    options: dict[str, object] = {"exif": kept.exif} if kept.exif else {}
    if kind == "PNG":
        texts = PngInfo()
        for key, value in kept.texts.items():
            texts.add_itxt(key, value)
        if kept.xmp:
            texts.add_itxt(_XMP, kept.xmp.decode("utf-8", "replace"))
        return {**options, "pnginfo": texts}
    if kept.xmp:
        options["xmp"] = kept.xmp
    if kind == "JPEG" and kept.comment:
        options["comment"] = kept.comment
    return options


def _decoded(content: bytes) -> Picture:
    with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
        return opened.convert("RGB")
