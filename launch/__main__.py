"""`python -m launch setup|server|console`: what the files in script/ call."""

import argparse
import sys

from launch.console import open_console
from launch.errors import Refusal
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
    wish = parser.parse_args()
    try:
        if wish.command == "setup":
            set_up(Progress(), for_tests=wish.tests)
        elif wish.command == "server":
            serve()
        else:
            open_console()
    except Refusal as refusal:
        print(refusal, file=sys.stderr, flush=True)
        return refusal.status
    except KeyboardInterrupt:
        return 130
    return 0


sys.exit(main())
