"""`python -m launch setup|server|console|health|scratch`: what script/ and docker/ call."""

import argparse
import sys

from launch import console, scratch
from launch.errors import Refusal
from launch.health import is_well
from launch.progress import Progress
from launch.server import serve
from launch.setup import set_up


def main() -> int:
    """Run one command; a Refusal becomes its sentence and its exit status."""
    parser = argparse.ArgumentParser(prog="python -m launch", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    setup = commands.add_parser("setup", help="make .venv and what it needs")
    setup.add_argument("--tests", action="store_true", help="with everything script/test needs")
    commands.add_parser("server", help="run everything until Ctrl-C")
    commands.add_parser("console", help="a Python shell inside the house")
    health = commands.add_parser("health", help="exit 0 when the server on a port is well")
    health.add_argument("port", type=int)
    throwaway = commands.add_parser("scratch", help="run a command on a database of its own")
    throwaway.add_argument("words", nargs="+", metavar="COMMAND")
    wish = parser.parse_args()
    try:
        if wish.command == "setup":
            set_up(Progress(), for_tests=wish.tests)
        elif wish.command == "server":
            serve()
        elif wish.command == "health":
            return 0 if is_well(wish.port) else 1
        elif wish.command == "scratch":
            return scratch.run(wish.words)
        else:
            return console.run(["shell"])
    except Refusal as refusal:
        print(refusal, file=sys.stderr, flush=True)
        return refusal.status
    except KeyboardInterrupt:
        return 130
    return 0


sys.exit(main())
