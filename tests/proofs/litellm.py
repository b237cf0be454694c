"""`script/proof litellm [SIZE [SEED]]`: the real LiteLLM proxy before a fake provider lets no blocked prompt through.

SIZE disguised names and as many clean prompts at each of nine doors of the proxy, its known traps, and a guard
that is away or has no rules. LiteLLM is installed on demand, from the package index, into a folder for scratch.
"""

import json
import tempfile
from pathlib import Path

from launch.postgres import APP, OWNER, Cluster
from tests.peers.proxy import Unavailable, install
from tests.proofs.dispatch import environment, migrate, run
from tests.proofs.record import NEEDS_ARGUMENTS, Record, write

SIZE, SEED = 60, 20261123
ROUNDS = "tests.proofs.gating"


def main(arguments: list[str]) -> int:
    """Run it on a database of its own; recorded at full size only."""
    size = int(arguments[0]) if arguments else SIZE
    seed = int(arguments[1]) if len(arguments) > 1 else SEED
    try:
        install()
    except Unavailable as reason:
        print(f"{reason} This proof needs a package index that holds it.")
        return NEEDS_ARGUMENTS
    with (
        tempfile.TemporaryDirectory(prefix="redress-litellm-") as folder,
        Cluster(Path(folder)) as cluster,
    ):
        told = environment(cluster.url(APP), "memory://", folder)
        migrate(told | {"DATABASE_OWNER_URL": cluster.url(OWNER)})
        outcome = run(size, seed, told, ROUNDS)
    print(json.dumps(outcome, indent=2, ensure_ascii=False))
    if size == SIZE:
        write(Record("litellm", seed, size, outcome["counts"], outcome["ok"]))
    return 0 if outcome["ok"] else 1
