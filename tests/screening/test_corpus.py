"""The corpus, and the proof of matching, small. Full size: `script/proof matching`."""

from itertools import islice

from screening.corpus.innocents import MAKES, names_someone
from screening.corpus.samples import REPORT, TUNING
from screening.corpus.trial import clean, disguised, judge
from tests.proofs import matching


def test_the_two_samples_have_nothing_in_common() -> None:
    for part in ("english", "chinese", "english_carriers", "chinese_carriers", "negatives"):
        shared = set(getattr(TUNING, part)) & set(getattr(REPORT, part))
        assert not shared


def test_a_seed_always_gives_the_same_prompts() -> None:
    for make in (lambda seed: disguised(TUNING, 1, seed), lambda seed: clean(TUNING, 200, seed)):
        assert list(islice(make(5), 200)) == list(islice(make(5), 200))
        assert list(islice(make(5), 200)) != list(islice(make(6), 200))


def test_there_are_many_kinds_of_disguises_and_of_clean_prompts() -> None:
    assert len({prompt.kind for prompt in disguised(REPORT, 1, 1)}) >= 20
    assert len({prompt.kind for prompt in clean(REPORT, 100, 1)}) == len(MAKES)


def test_a_clean_prompt_names_nobody_and_a_disguise_names_its_name() -> None:
    assert not any(names_someone(p.fields["prompt"], REPORT) for p in clean(REPORT, 500, 3))
    assert names_someone("Peter Pan, flying", TUNING)
    assert names_someone("画猪八戒", TUNING)
    assert not names_someone("Peter Pang", TUNING)


def test_failures_are_kept_on_both_sides() -> None:
    everything = judge(clean(REPORT, 20, 1), lambda _fields: True)
    assert (everything.share(), len(everything.failures)) == (1.0, 20)
    nothing = judge(islice(disguised(REPORT, 1, 1), 20), lambda _fields: False)
    assert (nothing.share(), len(nothing.failures)) == (0.0, 20)


def test_the_goal_is_met_on_names_the_engine_was_not_tuned_on() -> None:
    hidden, plain = matching.run(REPORT, 1, 1_000)
    assert matching.holds(hidden, plain), (hidden.failures, plain.failures)
    counts = matching.table(hidden, plain)
    assert counts["clean prompts"] == 1_000
    assert counts["leet found"] == hidden.blocked["leet"]


def test_the_proof_says_when_the_goal_is_missed() -> None:
    hidden, plain = matching.run(REPORT, 1, 50)
    plain.blocked["sentence"] += 5
    assert not matching.holds(hidden, plain)
