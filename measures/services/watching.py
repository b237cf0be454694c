"""From when on a measure is tested: whatever step it takes, its tests begin anew."""

from datetime import datetime
from typing import Any, Final

from measures.checks import SOON, TESTS
from measures.models import Measure
from measures.states import MeasureState

# What a measure took is shown to be gone while it is in force, and to be back once it was lifted.
GIVEN_BACK: Final = frozenset({MeasureState.LIFTED, MeasureState.VOIDED})
TESTED: Final = frozenset({MeasureState.IN_FORCE, *GIVEN_BACK})


def plan_anew(measure: Measure, now: datetime) -> dict[str, Any]:
    """The fields of a measure that has just come to its state: what was found of the last one is past."""
    tested = measure.state in TESTED and bool(TESTS[measure.family])
    return {
        "moved_at": now,
        "check_at": now + SOON if tested else None,
        "checking_since": None,
        "check_misses": 0,
        "resend": False,
        "verified_at": None,
        "found_broken_at": None,
        "excused_at": None,
    }
