"""`script/proof dispatch [SIZE [SEED]]`: measures survive kills of the worker and late answers, each with one effect.

1,000 measures, each of which is once caught: `kill -9` of the real worker at four points, by the measure's own task
and by the drain in turns, or an answer that comes later than the client waits, before and after the effect. With the
broker settings of production; at the end all are in force within 60 s of the worker's last start. Recovery is the sweep.
"""

from tests.proofs.rounds import Rounds

DISPATCH = Rounds("dispatch", 1000, 20260901, "tests.proofs.killing")


def main(arguments: list[str]) -> int:
    """Run it; recorded at full size only."""
    return DISPATCH.prove(arguments)
