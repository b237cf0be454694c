"""The proof of the picture engine, at a small size: `script/proof images` runs it on thousands of queries."""

from tests.proofs import images


def test_the_proof_holds_on_a_few_works_of_every_kind() -> None:
    works = list(images.generated(8))[::2]
    counts = images.judge(works)
    assert counts["unrelated pairs"] == 4 * 20 * 3
    assert counts["false matches"] == 0
    assert counts["recall"] >= 0.95
    assert counts["recall of plain PDQ"] < 0.7
