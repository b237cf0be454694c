"""`script/proof outage [SIZE [SEED]]`: a platform is out for six hours and everything waits, in order, until it is back.

10,000 removals in 2,500 cases, ordered in the first five hours, on PostgreSQL and against the sandbox over HTTP,
which answers 503, or too late, or too late after the effect. These six hours are cranked: the sweep, the drain and of one
order in ten its own task are called as worker and beat would, every ten seconds of the first half hour and then once a
minute, with the moments handed to them, which is how the services learn the time; the last moment is the real present.
The drain is real: Celery's worker and beat with the settings of production, the broker, the sandbox; its seconds run from
the first good answer that the sandbox could give, so finding out is part of them.
"""

from tests.proofs.rounds import Rounds

# What is cranked is called by hand: its messages go nowhere, the broker is the worker's.
CRANKED = {"BROKER_URL": "memory://"}
OUTAGE = Rounds("outage", 10_000, 20261123, "tests.proofs.outing", CRANKED)


def main(arguments: list[str]) -> int:
    """Run it; recorded at full size only."""
    return OUTAGE.prove(arguments)
