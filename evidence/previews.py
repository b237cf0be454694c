"""Pictures that may be shown: drawn anew from their pixels, so nothing hidden in the file survives."""

import io
import struct
import warnings
import zlib
from typing import BinaryIO, Final

from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps

from common.errors import RedressError

READABLE: Final = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
PIXELS: Final = 50_000_000  # a picture of 7,000 by 7,000; more would cost over 200 MB of memory
SIDE: Final = 1600

# A picture cut off half-way shows the half there is. The PDF engine sets this for the whole process; so
# that a preview does not depend on whether it was loaded, we set it too.
ImageFile.LOAD_TRUNCATED_IMAGES = True

# What Pillow's readers are known to raise on damaged and on hostile files.
_UNREADABLE: Final = (
    *(OSError, ValueError, SyntaxError, EOFError, LookupError, ArithmeticError, TypeError),
    *(struct.error, zlib.error, Image.DecompressionBombError, Image.DecompressionBombWarning),
)


class NoPreview(RedressError):
    """The file cannot be shown as a picture; it can still be downloaded."""

    code = "no-preview"
    status = 415


def preview(source: BinaryIO, *, side: int = SIDE) -> tuple[bytes, str]:
    """The picture, at most `side` pixels wide and high, as new PNG or JPEG bytes with media type.

    Upright as its camera meant it, without metadata, the first frame of an animation. The same
    source gives the same bytes. Raises NoPreview for what is no picture, damaged or too large.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        warnings.filterwarnings("ignore", category=UserWarning, module="PIL")
        try:
            with Image.open(source, formats=READABLE) as picture:
                return _drawn_anew(picture, side)
        except _UNREADABLE as error:
            raise _no_preview() from error


def _drawn_anew(picture: Image.Image, side: int) -> tuple[bytes, str]:
    if picture.width * picture.height > PIXELS:
        raise _no_preview()
    picture.draft("RGB", (side, side))
    upright = ImageOps.exif_transpose(picture)
    seen_through = upright.has_transparency_data
    plain = upright.convert("RGBA" if seen_through else "RGB")
    plain.thumbnail((side, side))
    plain.info.clear()
    target = io.BytesIO()
    if seen_through or picture.format in {"PNG", "GIF", "BMP"}:
        plain.save(target, "PNG")
        return target.getvalue(), "image/png"
    plain.save(target, "JPEG", quality=85)
    return target.getvalue(), "image/jpeg"


def _no_preview() -> NoPreview:
    return NoPreview(_("This file cannot be shown as a picture. Download it instead."))
