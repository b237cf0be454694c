"""The canonical form and the chain's rules, without a database."""

import json
import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from evidence.chain import GENESIS, BadFact, Chain, Entry, canonical, entry_hash, verify_chain

WORDS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=8)
NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1)
FACTS: Any = st.recursive(
    st.none() | st.booleans() | NUMBERS | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
)


@given(FACTS)
def test_our_canonical_form_is_that_of_the_independent_library(value: Any) -> None:
    assert canonical(value).encode() == rfc8785.dumps(value)


def test_keys_are_sorted_by_utf_16_as_the_standard_asks() -> None:
    high, astral = "\ufb33", "\U0001f600"
    assert canonical({high: 1, astral: 2}) == f'{{"{astral}":2,"{high}":1}}'


@pytest.mark.parametrize(
    "value", [1.5, 2**53, -(2**53), b"x", "\ud800", "a\0b", {1: 2}, {"a": {1}}]
)
def test_what_has_no_exact_form_is_refused(value: Any) -> None:
    with pytest.raises(BadFact):
        canonical(value)


def test_a_chain_of_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="not 'invoice'"):
        Chain("invoice", None)  # type: ignore[arg-type]


def entries(count: int = 4) -> list[Entry]:
    chain: list[Entry] = []
    for number in range(1, count + 1):
        entry: Any = {
            "actor": "system:test",
            "at": f"2026-03-02T09:30:0{number}.000000Z",
            "chain_id": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
            "chain_kind": "case",
            "event": "notice.filed",
            "facts": {"items": number},
            "id": f"00000000-0000-4000-8000-00000000000{number}",
            "payload_sha256": "",
            "previous": chain[-1]["hash"] if chain else GENESIS,
            "sequence": number,
        }
        chain.append({**entry, "hash": entry_hash(entry)})
    return chain


def test_a_whole_chain_is_valid_and_so_is_an_empty_one() -> None:
    assert verify_chain(entries()) is None
    assert verify_chain([]) is None


@pytest.mark.parametrize("field", sorted(entries(1)[0]))
def test_a_change_of_any_field_is_found_where_it_is(field: str) -> None:
    chain: list[Any] = deepcopy(entries())
    chain[2][field] = 99 if field == "sequence" else {"items": 9} if field == "facts" else "f" * 64
    broken = verify_chain(chain)
    assert broken is not None
    assert broken.sequence == 3


def test_a_missing_a_doubled_and_a_swapped_entry_are_found() -> None:
    one, two, three, four = entries()
    for wrong, place in (([one, three, four], 2), ([one, two, two], 3), ([two, one], 1)):
        broken = verify_chain(wrong)
        assert broken is not None
        assert broken.sequence == place


def test_an_edited_entry_with_a_fresh_hash_breaks_the_next_one() -> None:
    chain = entries()
    chain[1]["facts"] = {"items": 0}
    chain[1]["hash"] = entry_hash(chain[1])
    broken = verify_chain(chain)
    assert broken is not None
    assert (broken.sequence, broken.why) == (3, "it does not follow the hash of the entry before")


def test_the_vector_in_the_docs_is_what_the_docs_say() -> None:
    text = Path("docs/ledger.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```(?:json|text)\n(.*?)\n```", text, re.S)
    given_entry, hash_input, digest = blocks[-3:]
    entry = json.loads(given_entry)
    unhashed = {key: value for key, value in entry.items() if key != "hash"}
    assert canonical(unhashed) == hash_input == rfc8785.dumps(unhashed).decode()
    assert entry_hash(entry) == digest == entry["hash"]
    assert verify_chain([entry]) is None
