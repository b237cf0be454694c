"""`script/proof webhooks [SIZE [SEED]]`: no event is lost when the worker is killed, and each case keeps its order.

1,500 events of 150 cases to two endpoints; `kill -9` of the real worker 50 times, at moments nobody chose; the
receiver answers one request in ten with 503. Every arrival is verified by the reference library.
"""

from tests.proofs.rounds import Rounds

# The receiver is on this machine, and a lease need not outlast 15 s (tests/proofs/hooking/worker.py).
HASTY = {"WEBHOOK_PRIVATE_ADDRESSES": "1", "WEBHOOK_LEASE_SECONDS": "4"}
WEBHOOKS = Rounds("webhooks", 1500, 20261123, "tests.proofs.hooking", HASTY)


def main(arguments: list[str]) -> int:
    """Run it; recorded at full size only."""
    return WEBHOOKS.prove(arguments)
