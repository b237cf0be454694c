"""How often a property is tried: a stated small number in the suite, many times as often in `script/proof properties`."""

import os
from typing import Final

from hypothesis import HealthCheck, settings

TIMES: Final = int(os.environ.get("PROPERTY_TIMES", "1"))


def tried(examples: int) -> settings:
    """As many examples as stated, times PROPERTY_TIMES. Each starts from the savepoint that its test takes."""
    return settings(
        max_examples=examples * TIMES, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
