"""`script/proof races [SIZE [SEED]]`: a person and the sweep on the same case at the same moment.

500 rounds: the filer presses "send" twice, over HTTP against two web workers, while two sweepers wait for the
end of the time to answer. Each time exactly one side wins: either the answer is taken and the clock met, or the
notice lapses; the ledger tells which, and nothing deadlocks.
"""

from tests.proofs.rounds import Rounds

RACES = Rounds("races", 500, 20261123, "tests.proofs.racing")


def main(arguments: list[str]) -> int:
    """Run it; recorded at full size only."""
    return RACES.prove(arguments)
