"""One launcher per data folder, held by the kernel: a killed holder holds nothing."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from typing import Self

from launch.errors import Refusal

NAME = "launcher.pid"


class Lock:
    """The hold on a data folder. `predecessor` is the process number a killed holder left there."""

    def __init__(self, file: int, predecessor: int | None) -> None:
        self._file = file
        self.predecessor = predecessor

    @classmethod
    def take(cls, data: Path) -> Self:
        """Take hold of the folder; Refusal names the process that has it already."""
        data.mkdir(parents=True, exist_ok=True)
        file = os.open(data / NAME, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _number_in(file)
            os.close(file)
            raise Refusal(
                f"Process {holder or '?'} already runs Redress in {data}: end it, or set DATA_DIR "
                "to another folder for a second one."
            ) from None
        predecessor = _number_in(file)
        os.ftruncate(file, 0)
        os.pwrite(file, str(os.getpid()).encode(), 0)
        return cls(file, predecessor)

    def release(self) -> None:
        """Let the folder go, leaving no trace of us in it."""
        os.ftruncate(self._file, 0)
        os.close(self._file)


def _number_in(file: int) -> int | None:
    with suppress(ValueError):
        return int(os.pread(file, 32, 0))
    return None
