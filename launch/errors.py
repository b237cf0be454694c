"""What the launcher says to the person at the keyboard instead of a trace."""


class Refusal(Exception):
    """One sentence that says what stands in the way and how to get round it (exit status 2)."""

    status = 2


class Breakdown(Refusal):
    """Something that had started well has died: the sentence names it (exit status 1)."""

    status = 1
