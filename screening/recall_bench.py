"""How well pictures are recognised among a million fingerprints, beside the field's own hash and index.

Works and queries are drawn and changed here (screening/suite); the rest of the gallery is random codes. Only
the ratios of one run mean anything. No database is read.
"""

import io
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from screening.percentiles import percentiles
from screening.prints import pictures
from screening.prints.gallery import Gallery
from screening.prints.pictures import PicturePrint
from screening.prints_bench import DIGITS, NO_PEER
from screening.prints_peer import IndexPeer
from screening.suite.generators import GENERATORS, draw
from screening.suite.transforms import TRANSFORMS

CODES_EACH: Final = 96
Codes = NDArray[np.uint8]


@dataclass(frozen=True)
class Scene:
    """`codes` fingerprints of whole pictures, and as many of single points, which are a 96th as many pictures."""

    works: int = 16
    codes: int = 1_000_000
    seed: int = 20261123


@dataclass(frozen=True)
class Query:
    """A work, by its place, under one transform."""

    work: int
    transform: str
    content: bytes


def image_recall(peer: IndexPeer, scene: Scene | None = None) -> dict[str, object]:
    """Recall by transform, wrong answers, and milliseconds for one whole check from the file on."""
    scene = scene or Scene()
    works = [_work(number) for number in range(scene.works)]
    prints = [pictures.take(encoded(work)) for work in works]
    padding = _random(scene.codes - scene.works, scene.seed)
    gallery = _gallery(prints, padding, scene)
    queries = [
        Query(place, name, encoded(change(work, np.random.RandomState(place))))
        for place, work in enumerate(works)
        for name, change in TRANSFORMS.items()
    ]
    found, times = _asked(gallery, prints, queries)
    ours = _told(queries, found, times)
    told: dict[str, object] = {
        "bench": "image_recall",
        "works": scene.works,
        "codes": scene.codes,
        "queries": len(queries),
        "seed": scene.seed,
        "ours": ours,
        "peer": NO_PEER,
    }
    if not peer.is_there:
        return {**told, "ratios": {}}
    other = peer.recognise([encoded(one) for one in works], padding, [q.content for q in queries])
    theirs = _told(queries, other.rows, other.milliseconds)
    told["peer"] = {"name": other.name, **theirs}
    return {**told, "ratios": _ratios(ours, theirs)}


def encoded(picture: Image.Image) -> bytes:
    """As a file, without loss."""
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=1)
    return file.getvalue()


def _work(number: int) -> Image.Image:
    """Each generator in turn, in styles of its own: neither tuning nor the proof used them."""
    kinds = list(GENERATORS)
    return draw(kinds[number % len(kinds)], 3_000 + number // len(kinds), 3_000 + number)


def _random(count: int, seed: int) -> Codes:
    dice = np.random.RandomState(seed)
    return np.frombuffer(dice.bytes(32 * max(0, count)), np.uint8).reshape(-1, 32)


def _gallery(prints: Sequence[PicturePrint], padding: Codes, scene: Scene) -> Gallery:
    """The works first; then random hashes, of which the first 96th have random points too."""
    points = _random(scene.codes, scene.seed + 1)
    some = len(points) // CODES_EACH
    nothing = np.zeros((0, 32), np.uint8)
    local = [one.codes for one in prints]
    local += [points[CODES_EACH * n : CODES_EACH * (n + 1)] for n in range(min(some, len(padding)))]
    local += [nothing] * (len(prints) + len(padding) - len(local))
    return Gallery(np.concatenate([np.stack([one.whole for one in prints]), padding]), local)


def _asked(
    gallery: Gallery, prints: Sequence[PicturePrint], queries: Sequence[Query]
) -> tuple[list[list[int]], list[float]]:
    found, times = [], []
    for query in queries:
        begun = time.perf_counter()
        print_ = pictures.take(query.content)
        near = [place for place in gallery.candidates(print_) if place < len(prints)]
        found.append([p for p in near if pictures.compare(print_, prints[p]).recognised])
        times.append((time.perf_counter() - begun) * 1e3)
    return found, times


def _told(
    queries: Sequence[Query], found: Sequence[Sequence[int]], times: Sequence[float]
) -> dict[str, object]:
    right = [query.work in rows for query, rows in zip(queries, found, strict=True)]
    wrong = sum(
        any(row != query.work for row in rows) for query, rows in zip(queries, found, strict=True)
    )
    by_name = {
        name: round(
            statistics.mean(r for q, r in zip(queries, right, strict=True) if q.transform == name),
            3,
        )
        for name in TRANSFORMS
    }
    return {
        "recall": round(statistics.mean(right), 4),
        "false_matches": wrong,
        "milliseconds": percentiles(times, DIGITS),
        "recall_by_transform": by_name,
    }


def _ratios(ours: dict[str, object], theirs: dict[str, object]) -> dict[str, float]:
    mine, peers = float(str(ours["recall"])), float(str(theirs["recall"]))
    return {
        "recall_to_peer": round(mine / max(peers, 1e-9), 2),
        "misses_to_peer": round((1 - mine) / max(1 - peers, 1e-9), 4),
    }
