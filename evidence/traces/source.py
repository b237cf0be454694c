"""A file read within bounds: so many reads, so many bytes, never beyond the end. Hostile files cost no more than others."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final

MOST_READS: Final = 100_000
MOST_BYTES: Final = 32 << 20
LONGEST_TEXT: Final = 1 << 20
"""Bytes of one piece of metadata that are looked at; the rest is skipped and said to be."""


class Ended(Exception):
    """The file ends before its own structure does."""


class Spent(Exception):
    """The file has more parts than anybody needs: what was found until here stands."""


class Source:
    """A seekable file. `read` raises Ended for bytes that are not there, and Spent when the budget is used up."""

    def __init__(self, stream: BinaryIO | bytes) -> None:
        self._stream = io.BytesIO(stream) if isinstance(stream, bytes) else stream
        self.size = self._stream.seek(0, io.SEEK_END)
        self._reads, self._bytes = MOST_READS, MOST_BYTES

    def read(self, at: int, size: int) -> bytes:
        """Exactly so many bytes from there."""
        if at < 0 or size < 0 or at + size > self.size:
            raise Ended
        self._reads -= 1
        self._bytes -= size
        if self._reads < 0 or self._bytes < 0:
            raise Spent
        self._stream.seek(at)
        found = self._stream.read(size)
        if len(found) != size:
            raise Ended
        return found

    def some(self, at: int, size: int) -> bytes:
        """At most so many bytes from there: fewer at the end of the file."""
        return self.read(at, max(min(size, self.size - at), 0))

    @contextmanager
    def inside(self, content: bytes) -> Iterator["Source"]:
        """A part that lies in memory as a source of its own, on the same budget."""
        inner = Source(content)
        inner._reads, inner._bytes = self._reads, self._bytes
        try:
            yield inner
        finally:
            self._reads, self._bytes = inner._reads, inner._bytes
