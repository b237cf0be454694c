"""`script/proof stories`: stories 1 to 4 under every pack and setting to which they apply; the suite tells a few."""

import json
import re
from typing import Final

from tests.proofs.record import Record, write
from tests.proofs.suite import run

STORIES: Final = (
    "tests/journeys/test_stories_1_and_2_under_every_pack.py",
    "tests/journeys/test_story_3_and_4_under_every_pack.py",
)
TOLD: Final = re.compile(r"^PASSED (\S+?)::(\w+)\[(.+)\]$", re.MULTILINE)


def main(_arguments: list[str]) -> int:
    """Tell them all, and record under what each was told."""
    done = run(STORIES, {"EVERY_PACK": "1"}, "-rA", "--show-capture=no")
    told = TOLD.findall(done.said)
    counts = {
        "told": len(told),
        "endings": len({story for _, story, _ in told}),
        "laws": len({law for _, _, law in told}),
    }
    print(json.dumps(counts, indent=2))
    write(Record("stories", 0, len(told), counts, done.ok and bool(told)))
    return 0 if done.ok else 1
