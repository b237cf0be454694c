"""The kinds of clock that belong to notices, and what is the same under every pack."""

from typing import Final

# Deadline kinds. The pack's clock keys say how long each is; see regimes/packs.
ACKNOWLEDGE: Final = "notices.acknowledge"
DECIDE: Final = "notices.decide"
ANSWER: Final = "notices.answer"
CLOSE_FILE: Final = "notices.close_file"

# What starts with filing and is owed by the operator.
ON_FILING: Final = (ACKNOWLEDGE, DECIDE)
# What waits while the filer owes an answer.
PAUSED_WHILE_ASKING: Final = (DECIDE,)
