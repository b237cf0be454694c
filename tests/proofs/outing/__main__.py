"""`python -m tests.proofs.outing SIZE SEED` in the environment of the house: prints the outcome as JSON."""

import json
import sys
from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    outcome = import_module("tests.proofs.outing.rounds").run(int(sys.argv[1]), int(sys.argv[2]))
    print(json.dumps(outcome))
