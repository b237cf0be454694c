"""`script/proof images [SHARE]`: the picture engine on pictures that it was not tuned on, one figure for each transform.

Works: eight generators of our own (styles and seeds from 1,000 on; tuning used those below), the sandbox's pictures, and
photographs and wallpapers from Debian's and PyPI's packages, which are fetched into a cache outside the repository.
Every second photograph, by name, was tuned on; the others are judged here.
SHARE is a part of everything, such as 0.3; only the whole is recorded. Each work is a query under each transform. Every query meets every other work: those pairs are unrelated, but for a
photograph's other sizes and shades and neighbouring Julia sets, which are left out of the count. A part of them are of the same style and layout.
"""

import io
import json
import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from sandbox.draw import Wish, picture
from screening.prints import pdq, pictures
from screening.prints.errors import UnreadablePicture
from screening.prints.gallery import Gallery
from screening.prints.pictures import PicturePrint
from screening.suite.generators import GENERATORS, draw, julia_number
from screening.suite.transforms import TRANSFORMS
from tests.proofs.pictures import photographs
from tests.proofs.record import Record, write

OWN = 400  # works of our own, beside the sandbox's and the photographs
STYLES = 5  # of each generator
SANDBOX = 24
NEIGHBOURS = 0.12  # between the numbers of two Julia sets: within, one is the other but for a hair
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
APART = multiprocessing.get_context("spawn")  # OpenCV's threads do not survive a fork
PROMPTS = ("fox spirit by a lake at dusk", "a boat on the sea at dawn", "a teapot in winter")


@dataclass(frozen=True)
class Work:
    """`family` names what is one and the same picture; `style` what is drawn alike; `julia` is a fractal's number."""

    family: str
    style: str
    picture: bytes
    julia: complex | None = None

    def is_another_than(self, other: "Work") -> bool:
        """Whether neither shows the other: Julia sets of neighbouring numbers, or mirrored ones, do."""
        if self.family == other.family:
            return False
        if self.julia is None or other.julia is None:
            return True
        near = min(abs(self.julia - other.julia), abs(self.julia - other.julia.conjugate()))
        return near > NEIGHBOURS


def main(arguments: list[str]) -> int:
    """Judge; recorded at full size only."""
    share = float(arguments[0]) if arguments else 1.0
    if not 0 < share <= 1:
        sys.exit("The share is a part of the whole, above 0 and at most 1.")
    begun = time.monotonic()
    works = [*generated(round(OWN * share)), *drawn_by_the_sandbox(round(SANDBOX * share))]
    works += photographed(share)
    counts = judge(works)
    counts["seconds"] = round(time.monotonic() - begun)
    ok = holds(counts)
    print(json.dumps(counts, indent=2))
    if share == 1:
        write(Record("images", 1_000, len(works), counts, ok))
    return 0 if ok else 1


def holds(counts: dict[str, int | float]) -> bool:
    """95 of 100 overall, 80 under every transform, and nothing taken for another work."""
    shares = [counts[f"{name}: recognised"] / counts[f"{name}: queries"] for name in TRANSFORMS]
    return counts["recall"] >= 0.95 and min(shares) >= 0.8 and not counts["false matches"]


def generated(count: int) -> Iterator[Work]:
    """Pictures of our own generators, the same number of each kind and style."""
    each = max(1, count // len(GENERATORS))
    for kind in GENERATORS:
        for number in range(each):
            style = 1_000 + number % STYLES
            name = f"{kind} {style}"
            drawn = encoded(draw(kind, style, 1_000 + number), "PNG")
            julia = julia_number(style, 1_000 + number) if kind == "fractal" else None
            yield Work(f"{name} {number}", name, drawn, julia)


def drawn_by_the_sandbox(count: int) -> Iterator[Work]:
    """What the demonstration's own service draws. To one prompt it puts the same drawing of the subject before
    another background: such pictures do show each other, and are of one family."""
    for number in range(count):
        prompt = PROMPTS[number % len(PROMPTS)]
        yield Work(f"sandbox {prompt}", prompt, picture(Wish(prompt, seed=5_000 + number)))


def photographed(share: float = 1.0) -> list[Work]:
    """The half of the photographs that was not tuned on, or some of them, spread evenly."""
    half = photographs()[1::2]
    chosen = [half[int(place / share)] for place in range(int(len(half) * share))]
    return [Work(family, "photograph", content) for family, content in chosen]


def judge(works: list[Work]) -> dict[str, int | float]:
    """Every work under every transform against every work, counted. One process for each processor."""
    with single_threaded(), ProcessPoolExecutor(os.cpu_count(), APART, alone) as pool:
        prints = list(pool.map(pictures.take, [work.picture for work in works], chunksize=8))
    stage = Stage(works, prints)
    told: Counter[str] = Counter()
    with single_threaded(), ProcessPoolExecutor(os.cpu_count(), APART, enter, (stage,)) as pool:
        for number, counts in enumerate(pool.map(judged, range(len(works)), chunksize=2), start=1):
            told += counts
            if number % 50 == 0:
                print(f"{number} of {len(works)} works", file=sys.stderr, flush=True)
    return summed(told, len(works))


@contextmanager
def single_threaded() -> Iterator[None]:
    """For processes that start meanwhile: threads of NumPy's beside each other only wait for each other."""
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def summed(told: Counter[str], works: int) -> dict[str, int | float]:
    """What was counted, and the shares."""
    counts: dict[str, int | float] = {"works": works, **{name: told[name] for name in COUNTED}}
    for name in TRANSFORMS:
        for what in ("queries", "recognised", "plain PDQ"):
            counts[f"{name}: {what}"] = told[f"{name}: {what}"]
    asked = works * len(TRANSFORMS)
    for what, title in (("recognised", "recall"), ("plain PDQ", "recall of plain PDQ")):
        counts[title] = round(sum(told[f"{name}: {what}"] for name in TRANSFORMS) / asked, 4)
    return counts


COUNTED = (
    "queries too small to look at",
    "unrelated pairs",
    "of the same style",
    "laid upon each other",
    "false matches",
    "false matches of plain PDQ",
)


@dataclass(frozen=True)
class Stage:
    """The works and their prints, in every process."""

    works: list[Work]
    prints: list[PicturePrint]

    @cached_property
    def whole(self) -> NDArray[np.uint8]:
        """The PDQ hashes of all works, a row for each."""
        return np.stack([one.whole for one in self.prints])

    def unrelated(self, work: int) -> list[int]:
        one = self.works[work]
        return [place for place, other in enumerate(self.works) if one.is_another_than(other)]


_stage: list[tuple[Stage, Gallery]] = []


def alone() -> None:
    """One thread for each process."""
    cv2.setNumThreads(1)


def enter(stage: Stage) -> None:
    """Give a process its stage."""
    alone()
    _stage[:] = [(stage, Gallery(stage.whole, [one.codes for one in stage.prints]))]


def judged(number: int) -> Counter[str]:
    """One work under every transform."""
    stage, gallery = _stage[0]
    counts: Counter[str] = Counter()
    with Image.open(io.BytesIO(stage.works[number].picture)) as opened:
        picture = opened.convert("RGB")
    strangers = set(stage.unrelated(number))
    alike = [p for p in strangers if stage.works[p].style == stage.works[number].style]
    for name, transform in TRANSFORMS.items():
        counts[f"{name}: queries"] += 1
        try:
            query = pictures.take(encoded(transform(picture, np.random.RandomState(number))))
        except UnreadablePicture:  # a banner of 128 pixels is too low to look at: not recognised
            counts["queries too small to look at"] += 1
            continue
        counts["unrelated pairs"] += len(strangers)
        counts["of the same style"] += len(alike)
        near = plain(query, stage.whole)
        counts[f"{name}: plain PDQ"] += number in near
        counts["false matches of plain PDQ"] += len(near & strangers)
        for place in gallery.candidates(query):
            shown = pictures.compare(query, stage.prints[place]).recognised
            counts["laid upon each other"] += place in strangers
            counts["false matches"] += shown and place in strangers
            if shown and place in strangers:
                print(
                    f"{name}: {stage.works[number].family} as {stage.works[place].family}",
                    file=sys.stderr,
                )
            counts[f"{name}: recognised"] += shown and place == number
    return counts


def plain(query: PicturePrint, works: NDArray[np.uint8]) -> set[int]:
    """What the field's reference would say."""
    apart = np.bitwise_count(works ^ query.whole).sum(axis=1)
    return set(np.flatnonzero(apart <= pdq.SAME).tolist())


def encoded(picture: Image.Image, kind: str = "BMP") -> bytes:
    """As a file, without loss; unless told otherwise also without the time that packing takes."""
    file = io.BytesIO()
    picture.save(file, kind)
    return file.getvalue()
