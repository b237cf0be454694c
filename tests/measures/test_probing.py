"""What each test asks, and when it says that a measure holds. Over real HTTP, against a server that may lie."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace

import pytest

from measures.checks import Result, What
from measures.services.expectations import Block, Expectation
from measures.services.testing import Finding, examine
from platforms.contract import PlatformError
from platforms.public import NotOurHost, PublicFace
from tests.measures.liar import KEY, TOKEN, Liar, lying

SEALED = hashlib.sha256(b"the picture").hexdigest()
BLOCK = Block("r-1", True, 7, "block", "prompt", "", ("Fox Spirit", "狐灵"))


@pytest.fixture
def liar() -> Iterator[Liar]:
    with lying() as server:
        yield server


def removal(liar: Liar, **more: object) -> Expectation:
    told = {"target": "output_1", "url": f"{liar.url}/o/output_1", "frozen": frozenset({SEALED})}
    return Expectation(False, "content_removal", **{**told, **more})  # type: ignore[arg-type]


def outcomes(expected: Expectation, liar: Liar) -> dict[str, str]:
    return {str(one.what): str(one.outcome) for one in examine(expected, liar.eyes())}


def only(expected: Expectation, liar: Liar) -> Finding:
    [found] = examine(expected, liar.eyes())
    return found


def test_a_takedown_that_was_done_holds_by_word_and_by_sight(liar: Liar) -> None:
    liar.state, liar.page = "removed", 410
    assert set(outcomes(removal(liar), liar).values()) == {"holds"}
    assert len(outcomes(removal(liar), liar)) == 3


def test_a_platform_that_took_nothing_down_is_found_out_three_times(liar: Liar) -> None:
    assert set(outcomes(removal(liar), liar).values()) == {"broken"}


def test_a_record_that_says_removed_does_not_hide_a_page_that_is_there(liar: Liar) -> None:
    liar.state = "removed"
    found = {one.what: one for one in examine(removal(liar), liar.eyes())}
    assert found[What.ARTEFACT_STATE].outcome == Result.HOLDS
    assert found[What.PUBLIC_URL].outcome == Result.BROKEN
    assert found[What.PUBLIC_URL].facts["same_bytes"] is True


def test_the_same_file_under_another_id_is_found_behind_the_address(liar: Liar) -> None:
    liar.state, liar.page, liar.resolves = "removed", 410, "output_2"
    found = {one.what: one for one in examine(removal(liar), liar.eyes())}
    assert found[What.CONTENT_BYTES].outcome == Result.BROKEN
    assert found[What.CONTENT_BYTES].facts["resolves"] == "output_2"
    liar.body = b"another picture"
    assert outcomes(removal(liar), liar)["content_bytes"] == "holds"


def test_the_public_address_is_asked_without_the_key(liar: Liar) -> None:
    examine(removal(liar), liar.eyes())
    [public] = [headers for _, path, headers in liar.asked if path.startswith("/o/")]
    assert KEY not in str(public)
    assert "redress" not in str(public).lower()


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_an_answer_that_shows_nothing_proves_nothing(liar: Liar, status: int) -> None:
    liar.state, liar.page = "removed", status
    assert outcomes(removal(liar), liar)["public_url"] == "unreachable"


@pytest.mark.parametrize("status", [200, 204, 302])
def test_whatever_is_served_or_led_to_is_not_taken_down(liar: Liar, status: int) -> None:
    liar.page, liar.body = status, b""
    assert outcomes(removal(liar, frozen=frozenset()), liar)["public_url"] == "broken"


def test_an_outage_is_no_breach_and_no_proof(liar: Liar) -> None:
    liar.down = True
    assert set(outcomes(removal(liar), liar).values()) == {"unreachable"}


def test_what_has_no_address_and_no_sealed_file_is_tested_by_the_record(liar: Liar) -> None:
    liar.state = "disabled"
    expected = replace(removal(liar), family="model_takedown", url="", frozen=frozenset())
    assert outcomes(expected, liar) == {"artefact_state": "holds"}


def test_after_a_lifting_the_thing_and_its_very_bytes_are_back(liar: Liar) -> None:
    expected = replace(removal(liar), lifted=True)
    assert set(outcomes(expected, liar).values()) == {"holds"}
    liar.body = b"something else"
    assert outcomes(expected, liar)["content_bytes"] == "broken"


def test_a_lifting_that_gave_nothing_back_is_found_out(liar: Liar) -> None:
    liar.state, liar.page = "removed", 410
    expected = replace(removal(liar), lifted=True)
    assert outcomes(expected, liar)["artefact_state"] == "broken"
    assert outcomes(expected, liar)["public_url"] == "broken"
    held = replace(expected, held=True)
    assert set(outcomes(held, liar).values()) == {"holds"}


@pytest.mark.parametrize(
    ("standing", "lifted", "rank", "outcome"),
    [
        ("active", False, 1, "broken"),
        ("warned", False, 1, "holds"),
        ("suspended", False, 1, "holds"),
        ("restricted", False, 3, "broken"),
        ("active", True, 0, "holds"),
        ("suspended", True, 0, "broken"),
        ("warned", True, 1, "holds"),
    ],
)
def test_a_user_s_standing_is_read_again(
    liar: Liar, standing: str, lifted: bool, rank: int, outcome: str
) -> None:
    liar.standing = standing
    found = only(Expectation(lifted, "user_sanction", target="user_paul", rank=rank), liar)
    assert found.outcome == outcome


def block(liar: Liar, *, lifted: bool = False, **more: object) -> dict[str, str]:
    rule = replace(BLOCK, **more)  # type: ignore[arg-type]
    return outcomes(Expectation(lifted, "prompt_block", block=rule), liar)


def test_a_block_holds_when_the_guard_refuses_every_term(liar: Liar) -> None:
    liar.decision, liar.rule = "block", "r-1"
    assert block(liar) == {"rule": "holds", "prompt": "holds"}
    asked = [headers for method, _, headers in liar.asked if method == "POST"]
    assert [headers["authorization"] for headers in asked] == [f"Bearer {TOKEN}"] * 2


def test_a_guard_that_lets_the_prompt_pass_is_found_out_and_no_term_is_told(liar: Liar) -> None:
    found = examine(Expectation(False, "prompt_block", block=BLOCK), liar.eyes())
    assert found[1].outcome == Result.BROKEN
    assert found[1].facts == {"asked": 2, "terms": 2, "wrong": [0, 1]}
    assert "Fox" not in str(found)


def test_a_guard_with_older_rules_does_not_hold_the_rule(liar: Liar) -> None:
    liar.version = 6
    assert block(liar)["rule"] == "broken"


def test_a_rule_that_ended_behind_the_measure_s_back_is_found_out(liar: Liar) -> None:
    assert block(liar, live=False)["rule"] == "broken"


@pytest.mark.parametrize(
    ("mode", "decision", "rule", "outcome"),
    [
        ("warn", "warn", "r-1", "holds"),
        ("warn", "allow", "r-1", "broken"),
        ("shadow", "allow", "r-1", "holds"),
        ("shadow", "allow", "", "broken"),
    ],
)
def test_each_mode_is_tested_as_it_is_meant(
    liar: Liar, mode: str, decision: str, rule: str, outcome: str
) -> None:
    liar.decision, liar.rule = decision, rule
    assert block(liar, mode=mode)["prompt"] == outcome


def test_a_lifted_block_is_no_longer_heard_of(liar: Liar) -> None:
    liar.decision, liar.rule = "block", "r-2"
    assert block(liar, lifted=True, live=False) == {"rule": "holds", "prompt": "holds"}
    liar.rule = "r-1"
    assert block(liar, lifted=True, live=False)["prompt"] == "broken"


ELSEWHERE = (
    "http://127.0.0.1:1/x",
    "http://169.254.169.254/latest/meta-data/",
    "http://localhost:{port}/o/1",
    "http://user@127.0.0.1:{port}/o/1",
    "http://127.0.0.1:{port}@evil.example/",
    "http://evil.example/?x=127.0.0.1:{port}",
    "http://evil.example\\@127.0.0.1:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/o/1",
    "http://2130706433:{port}/o/1",
    "file:///etc/passwd",
    "ftp://127.0.0.1:{port}/",
    "//127.0.0.1:{port}/o/1",
    "http://127.0.0.1:99999/",
    "http://",
    "",
)


@pytest.mark.parametrize("address", ELSEWHERE)
def test_no_other_host_is_ever_asked(liar: Liar, address: str) -> None:
    with pytest.raises(NotOurHost):
        PublicFace(liar.url).look(address.format(port=liar.port))
    assert liar.asked == []


def test_further_hosts_are_asked_once_the_operator_names_them(liar: Liar) -> None:
    named = PublicFace("http://127.0.0.1:1", (f"127.0.0.1:{liar.port}",))
    assert named.look(f"{liar.url}/o/1").status == 200
    with pytest.raises(PlatformError):
        named.look("http://127.0.0.1:1/x")


def test_a_redirect_is_told_and_never_followed(liar: Liar) -> None:
    liar.page = 302
    assert PublicFace(liar.url).look(f"{liar.url}/o/1").status == 302
    assert len(liar.asked) == 1
