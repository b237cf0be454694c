"""A picture file becomes grey values. Limits are checked before a single pixel is decoded."""

import io
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile, ImageOps

from screening.prints.errors import PictureTooLarge, UnreadablePicture

LARGEST_FILE: Final = 25_000_000  # bytes
MOST_PIXELS: Final = 50_000_000
LEAST_SIDE: Final = 32  # pixels: below, nothing can be recognised
WORKING_SIDE: Final = 512  # the longer side of what is looked at
FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")

Grey = NDArray[np.float32]
_STRICT: Final = threading.Lock()


def decode(content: bytes) -> Grey:
    """Grey values 0 to 255 of the first frame, upright, on white, its longer side WORKING_SIDE at most.

    Raises PictureTooLarge for a file or picture beyond the limits (a decompression bomb is refused by
    its declared size), UnreadablePicture for anything that is no whole picture of a known format.
    """
    if len(content) > LARGEST_FILE:
        raise PictureTooLarge(f"A picture may have {LARGEST_FILE} bytes at most.")
    with warnings.catch_warnings(), _whole_ones_alone():
        warnings.simplefilter("ignore")  # Pillow's own, lower bomb warning: our limit decides
        try:
            with Image.open(io.BytesIO(content), formats=FORMATS) as image:
                return _grey(image)
        except UnreadablePicture:
            raise
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, EOFError) as error:
            kind = type(error).__name__
            raise UnreadablePicture(f"This is no picture that can be read ({kind}).") from error


@contextmanager
def _whole_ones_alone() -> Iterator[None]:
    """A picture that was cut short is refused, even where others in this process had Pillow show such."""
    if not ImageFile.LOAD_TRUNCATED_IMAGES:
        yield
        return
    with _STRICT:
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = True


def _grey(image: Image.Image) -> Grey:
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise PictureTooLarge(f"A picture may have {MOST_PIXELS} pixels at most.")
    if min(width, height) < LEAST_SIDE:
        raise UnreadablePicture(f"A picture needs {LEAST_SIDE} pixels on each side.")
    image.draft("RGB", (2 * WORKING_SIDE, 2 * WORKING_SIDE))  # JPEG: decodes smaller, much faster
    ImageOps.exif_transpose(image, in_place=True)
    if image.mode in {"I", "I;16", "F"}:
        values = np.asarray(image, np.float32)
        top = float(values.max()) or 1.0
        return fit(values * (255.0 / max(top, 255.0)), WORKING_SIDE)
    if "A" in image.getbands() or "transparency" in image.info:
        ground = Image.new("RGBA", image.size, (255, 255, 255, 255))
        image = Image.alpha_composite(ground, image.convert("RGBA"))
    colours = np.asarray(image.convert("RGB"), np.float32)
    weights = np.array([0.299, 0.587, 0.114], np.float32)
    return fit(colours @ weights, WORKING_SIDE)


def fit(grey: Grey, side: int) -> Grey:
    """The same picture with its longer side at most `side`."""
    height, width = grey.shape
    ratio = side / max(height, width)
    if ratio >= 1:
        return grey
    size = (max(1, round(width * ratio)), max(1, round(height * ratio)))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.float32)
