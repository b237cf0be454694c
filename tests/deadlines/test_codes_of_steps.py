"""What is told of a clock: no code means one thing to the calendar and another to the clock's later life."""

from deadlines.calendars.wording import CATALOGUE as COUNTED
from deadlines.derivation import CATALOGUE as BEFALLEN


def test_no_code_of_a_step_has_two_sentences() -> None:
    for tag, sentences in BEFALLEN.items():
        assert set(sentences).isdisjoint(COUNTED[tag])
