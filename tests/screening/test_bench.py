"""The measurement itself runs, on a small size, and says what it measured."""

from screening import prints_bench
from screening.bench import Size, Vocabulary, prompt_check
from screening.prints_bench import output_check


def test_the_measurement_tells_figures_and_ratios() -> None:
    told = prompt_check(Size(rules=500, prompts=10, characters=200, peer_prompts=3))
    assert told["rules"] == 500
    assert set(told["microseconds"]) == {"ours", "small", "limit", "in_loop"}  # type: ignore[call-overload]
    assert all(ratio > 0 for ratio in told["ratios"].values())  # type: ignore[attr-defined]


def test_a_seed_always_gives_the_same_words() -> None:
    assert Vocabulary(1).term() == Vocabulary(1).term()
    assert len(Vocabulary(1).prompt(1_000, ["name"])) == 1_000


def test_the_index_of_codes_is_measured_and_finds_all_that_was_planted() -> None:
    told = output_check(prints_bench.Size(codes=6_000, queries=64, limit_queries=5, peer=False))
    assert told["recall"] == 1.0
    assert all(ratio > 0 for ratio in told["ratios"].values())  # type: ignore[attr-defined]
