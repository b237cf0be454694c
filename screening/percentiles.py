"""What a measurement tells of its times."""

import statistics
from collections.abc import Sequence


def percentiles(times: Sequence[float], digits: int) -> dict[str, float]:
    """Median, and with enough of them the 99th percentile, rounded to so many digits."""
    told = {"p50": round(statistics.median(times), digits)}
    if len(times) >= 10:
        told["p99"] = round(statistics.quantiles(times, n=100)[98], digits)
    return told
