"""Short lines that show the work going on."""

import time


class Progress:
    """Says sentences, each with the seconds since the start."""

    def __init__(self) -> None:
        self._start = time.monotonic()

    def __call__(self, sentence: str) -> None:
        print(f"{time.monotonic() - self._start:5.0f} s  {sentence}", flush=True)
