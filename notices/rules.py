"""The kinds of clock that belong to notices, and what is the same under every pack."""

from collections.abc import Mapping
from typing import Final

# Deadline kinds. The pack's clocks say how long each is and by which calendar.
ACKNOWLEDGE: Final = "notices.acknowledge"
DECIDE: Final = "notices.decide"
ANSWER: Final = "notices.answer"
CURE_CONTACT: Final = "notices.cure_contact"
CLOSE_FILE: Final = "notices.close_file"
# The end of a suspension of filing; its length is a person's choice, not a pack's clock.
SUSPENSION: Final = "notices.suspension"

# Which clock of a pack runs for a kind: the last part of its key, as in `cn.house.decide`.
CLOCK: Final[Mapping[str, str]] = {
    ACKNOWLEDGE: "acknowledge",
    DECIDE: "decide",
    ANSWER: "cure",
    CURE_CONTACT: "cure_contact",
    CLOSE_FILE: "close_file",
}

# What starts with filing and is owed by the operator.
ON_FILING: Final = (ACKNOWLEDGE, DECIDE)
# What waits while the filer owes an answer.
PAUSED_WHILE_ASKING: Final = (DECIDE,)
# What whoever holds the case owes; reviewing a counter-notice is another person's.
OWED_BY_HOLDER: Final = (ACKNOWLEDGE, DECIDE)
