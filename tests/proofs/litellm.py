"""`script/proof litellm [SIZE [SEED]]`: the real LiteLLM proxy before a fake provider lets no blocked prompt through.

SIZE disguised names and as many clean prompts at each of nine doors of the proxy, its known traps, and a guard
that is away or has no rules. LiteLLM is installed on demand, from the package index, into a folder for scratch.
"""

from tests.peers.proxy import Unavailable, install
from tests.proofs.record import NEEDS_ARGUMENTS
from tests.proofs.rounds import Rounds

LITELLM = Rounds("litellm", 60, 20261123, "tests.proofs.gating")


def main(arguments: list[str]) -> int:
    """Run it; recorded at full size only."""
    try:
        install()
    except Unavailable as reason:
        print(f"{reason} This proof needs a package index that holds it.")
        return NEEDS_ARGUMENTS
    return LITELLM.prove(arguments)
