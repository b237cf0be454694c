"""Measurements against a named limit or peer, in the same run."""

import json
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from deadlines.bench import measure as measure_deadlines
from deadlines.bench_scene import Size, TookTooLong
from screening.bench import matching_quality, prompt_check
from screening.http_bench import Failed
from screening.http_bench import Size as HttpSize
from screening.http_bench import measure as measure_http
from screening.peer import Peer, Unavailable
from screening.prints_bench import Size as CodesSize
from screening.prints_bench import output_check
from screening.prints_peer import IndexPeer
from screening.recall_bench import Scene, image_recall


def deadlines(options: dict[str, Any]) -> dict[str, Any]:
    """The sweep among `--open` clocks, `--due` of which end at once."""
    _only_in_scratch(options)
    size = Size(open=options["open"], due=options["due"])
    if size.due < 1 or size.open < size.needed:
        raise CommandError(f"With --due {size.due} at least --open {size.needed} is needed.")
    try:
        return measure_deadlines(size)
    except TookTooLong as late:
        raise CommandError(str(late)) from late


def prompt_http(options: dict[str, Any]) -> dict[str, Any]:
    """Prompt checks over HTTP with `--rules` rules, beside an empty route of the same server."""
    _only_in_scratch(options)
    size = HttpSize(rules=options["rules"])
    if size.rules < 1:
        raise CommandError("Without rules nothing is measured: give --rules 1 or more.")
    try:
        return measure_http(size, settings.DATA_DIR / "guard.log")
    except (Failed, OSError) as error:
        raise CommandError(str(error)) from error


def _only_in_scratch(options: dict[str, Any]) -> None:
    if not options["in_scratch"]:
        raise CommandError(
            "This bench fills the database it is given: start it as `python manage.py bench "
            f"{options['name']}`, which makes one of its own and throws it away."
        )


def beside_peer(
    measure: Callable[[Peer], dict[str, object]],
) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """A bench of prompt checks beside LiteLLM's own filter, or beside the loop that it runs."""

    def run(options: dict[str, Any]) -> dict[str, Any]:
        peer = Peer(settings.DATA_DIR / "peers" / "litellm")
        try:
            if options["install_peer"]:
                peer.install()
            return measure(peer)
        except Unavailable as error:
            raise CommandError(str(error)) from error

    return run


def beside_index(
    measure: Callable[[IndexPeer, int], dict[str, object]],
) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """A bench of fingerprints beside threatexchange's index; without it, beside every code compared."""

    def run(options: dict[str, Any]) -> dict[str, Any]:
        if options["codes"] < 1_000:
            raise CommandError("With fewer than --codes 1000 nothing is measured.")
        peer = IndexPeer(settings.DATA_DIR / "peers" / "threatexchange")
        try:
            if options["install_peer"]:
                peer.install()
            return measure(peer, options["codes"])
        except Unavailable as error:
            raise CommandError(str(error)) from error

    return run


BENCHES: Final[dict[str, Callable[[dict[str, Any]], dict[str, Any]]]] = {
    "deadlines": deadlines,
    "matching_quality": beside_peer(matching_quality),
    "image_recall": beside_index(lambda peer, codes: image_recall(peer, Scene(codes=codes))),
    "output_check": beside_index(lambda peer, codes: output_check(peer, CodesSize(codes=codes))),
    "prompt_check": beside_peer(prompt_check),
    "prompt_http": prompt_http,
}


class Command(BaseCommand):
    """`manage.py bench NAME`: prints ratios as JSON."""

    help = "Measure NAME against its limit and its peer in the same run; prints JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which bench, and for `deadlines` of which size."""
        parser.add_argument("name")
        parser.add_argument("--json", action="store_true", help="the only form there is")
        parser.add_argument("--open", type=int, default=Size.open, help="deadlines: open clocks")
        parser.add_argument("--due", type=int, default=Size.due, help="deadlines: ending at once")
        parser.add_argument(
            "--install-peer",
            action="store_true",
            help="the peer into var/peers: LiteLLM, or threatexchange for fingerprints",
        )
        parser.add_argument(
            "--codes", type=int, default=1_000_000, help="fingerprints: how many are known"
        )
        parser.add_argument(
            "--rules", type=int, default=HttpSize.rules, help="prompt_http: rules in force"
        )
        parser.add_argument("--in-scratch", action="store_true", help="said by manage.py itself")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it and print what was measured."""
        bench = BENCHES.get(options["name"])
        if bench is None:
            raise CommandError(f"There is no such bench; there are: {', '.join(sorted(BENCHES))}.")
        self.stdout.write(json.dumps(bench(options), indent=2))
