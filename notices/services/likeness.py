"""Whether a file that somebody sent is what the platform has under the number that stands in it."""

import hashlib
from dataclasses import dataclass
from typing import Final

from evidence.models import SealedFile
from platforms.contract import Content
from screening.prints import pictures
from screening.prints.errors import PictureTooLarge, UnreadablePicture

# Bytes of a picture that is compared by its looks; a larger one is compared by its bytes alone.
_LARGEST: Final = 20_000_000


@dataclass(frozen=True)
class Likeness:
    """None where there is nothing to compare. `distance` is PDQ's, in bits of 256."""

    same_bytes: bool | None = None
    looks_alike: bool | None = None
    distance: int | None = None


NOTHING_TO_COMPARE: Final = Likeness()


def likeness(file: SealedFile, content: Content | None) -> Likeness:
    """Compare bytes, and for pictures looks. A hint for a person: whoever copies a label copies no picture."""
    if content is None:
        return NOTHING_TO_COMPARE
    if hashlib.sha256(content.body).hexdigest() == file.sha256:
        return Likeness(same_bytes=True, looks_alike=True, distance=0)
    both = (file.media_type, content.media_type)
    if file.size > _LARGEST or not all(kind.startswith("image/") for kind in both):
        return Likeness(same_bytes=False)
    try:
        found = pictures.compare(pictures.take(file.read()), pictures.take(content.body))
    except (UnreadablePicture, PictureTooLarge):
        return Likeness(same_bytes=False)
    return Likeness(False, found.recognised, found.distance)
