"""`script/proof sweeps [SIZE [SEED]]`: every clock that is due fires exactly once, whatever befalls the sweepers.

Three rounds of 10,000 due clocks: sweepers killed with `kill -9` at random moments; the same by process clocks
that are an hour ahead and an hour behind; Celery's worker and beat while the broker is killed, emptied and
restarted and workers are killed. A tenth more clocks end within the hour and must be left alone.
"""

from tests.proofs.rounds import Rounds

SWEEPS = Rounds("sweeps", 10_000, 20261123, "tests.proofs.sweeping", with_broker=False)


def main(arguments: list[str]) -> int:
    """Run it; recorded at full size only."""
    return SWEEPS.prove(arguments)
