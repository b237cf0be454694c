"""The measurements themselves run, on a small size, and say what they measured and against whom."""

import json
import stat
from pathlib import Path

import pytest

from screening import prints_bench
from screening.bench import Size, matching_quality, prompt_check
from screening.bench_words import Vocabulary
from screening.peer import LOOP, Peer, Unavailable, in_loop
from screening.prints_peer import IndexPeer
from screening.recall_bench import Scene, image_recall
from screening.suite.transforms import TRANSFORMS

SMALL = Size(rules=(50, 500), characters=(200, 400), prompts=10, peer_prompts=2)


def test_the_measurement_tells_figures_and_ratios_for_every_size(tmp_path: Path) -> None:
    told = prompt_check(Peer(tmp_path), SMALL)
    assert told["peer"] == LOOP
    figures = told["microseconds"]
    assert isinstance(figures, dict)
    assert set(figures) == {f"{r} rules, {c} characters" for r in (50, 500) for c in (200, 400)}
    assert all(set(f) == {"ours", "limit", "peer"} for f in figures.values())
    ratios = told["ratios"]
    assert isinstance(ratios, dict)
    assert all(ratio > 0 for of_length in ratios.values() for ratio in of_length.values())
    json.dumps(told)


def test_quality_is_measured_beside_the_peer_on_the_same_prompts(tmp_path: Path) -> None:
    told = matching_quality(Peer(tmp_path), each=1, count=300)
    assert told["peer"] == LOOP
    quality = told["quality"]
    assert isinstance(quality, dict)
    assert quality["ours"]["recall"] > 0.95 > quality["peer"]["recall"]
    kinds = told["recall_by_kind"]
    assert isinstance(kinds, dict)
    assert kinds["case"] == {"ours": 1.0, "peer": 1.0}
    assert kinds["zero_width"]["peer"] < kinds["zero_width"]["ours"]


def test_the_loop_blocks_what_holds_a_keyword_in_any_field() -> None:
    told = in_loop(["a.b", "狐灵"], [["x A.B"], ["axb"], ["no", "画狐灵"]])
    assert list(told.blocked) == [True, False, True]


def test_another_python_is_asked_when_there_is_one(tmp_path: Path) -> None:
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    answer = {"name": "LiteLLM 0", "microseconds": [5.0], "blocked": [True]}
    python.write_text(f"#!/bin/sh\ncat > /dev/null\necho noise\necho '{json.dumps(answer)}'\n")
    python.chmod(python.stat().st_mode | stat.S_IXUSR)
    told = Peer(tmp_path).ask(["x"], [["x"]])
    assert (told.name, list(told.blocked)) == ("LiteLLM 0", [True])
    python.write_text("#!/bin/sh\ncat > /dev/null\necho no such module >&2\nexit 1\n")
    with pytest.raises(Unavailable, match="no such module"):
        Peer(tmp_path).ask(["x"], [["x"]])


def test_a_seed_always_gives_the_same_words() -> None:
    assert Vocabulary(1).term() == Vocabulary(1).term()
    assert len(Vocabulary(1).prompt(1_000, ["name"])) == 1_000


def test_the_index_of_codes_is_measured_and_finds_all_that_was_planted(tmp_path: Path) -> None:
    size = prints_bench.Size(codes=6_000, queries=64, limit_queries=5)
    told = prints_bench.output_check(IndexPeer(tmp_path), size)
    assert told["milliseconds"]["ours"]["recall"] == 1.0  # type: ignore[index]
    assert told["peer"] == prints_bench.NO_PEER
    assert all(ratio > 0 for ratio in told["ratios"].values())  # type: ignore[attr-defined]


def test_recall_is_measured_beside_the_peer_on_the_same_files(tmp_path: Path) -> None:
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    count = 2 * len(TRANSFORMS)
    answer = {"name": "PDQ 0", "build_seconds": 1.0, "memory_mb": 9.0}
    rows = [[0]] * (count // 2) + [[]] * (count // 2)
    answer |= {"milliseconds": [2.0] * count, "rows": rows}
    python.write_text(f"#!/bin/sh\necho noise\necho '{json.dumps(answer)}'\n")
    python.chmod(python.stat().st_mode | stat.S_IXUSR)
    told = image_recall(IndexPeer(tmp_path), Scene(works=2, codes=2_000))
    assert told["ours"]["recall"] > 0.8  # type: ignore[index]
    assert told["ours"]["false_matches"] == 0  # type: ignore[index]
    assert told["peer"]["recall"] == 0.5  # type: ignore[index]
    assert told["ratios"]["recall_to_peer"] > 1.6  # type: ignore[index]
