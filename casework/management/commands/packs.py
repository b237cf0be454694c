"""`manage.py packs`: check, show and compare packs of law (no database), explain or move a case."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework.presenters.explain import explain_case
from common.clock import now as read_clock
from common.errors import RedressError
from common.references import tidy
from notices.models import Case, CaseRegime
from notices.services.transition import change_version
from regimes.compare import differences
from regimes.errors import BadPack, RegimeError
from regimes.loader import draft, load, pack, pack_problems
from regimes.pack import Pack
from regimes.page import page
from regimes.shelf import is_shipped, pack_ids, path_of, versions
from users.models import User
from users.roles import Role

WRONG: Final = 1
CANNOT: Final = 2
LANGUAGES: Final = ("en", "zh-hans")


class Command(BaseCommand):
    """Ends with 0 when all is well, 1 when something is found (a problem, a difference), 2 when it cannot be done."""

    help = "Check, show, compare and explain the packs of law."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """One subcommand each."""
        parts = parser.add_subparsers(dest="do", required=True)
        one = _part(parts, "check", "every pack, or these files, against the schema and themselves")
        one.add_argument("files", nargs="*", type=Path)
        one = _part(parts, "show", "a pack as a page, as this house runs it")
        one.add_argument("id")
        one.add_argument("--version", dest="pack_version")
        one = _part(parts, "diff", "what differs between two versions: ID V1 V2, or two files")
        one.add_argument("sides", nargs="+")
        one = _part(parts, "explain", "a case: its packs, its clocks and why, what is missing")
        one.add_argument("reference")

        one = _part(parts, "transition", "move a case to another version of a pack, on purpose")
        one.add_argument("reference")
        one.add_argument("id")
        one.add_argument("pack_version")
        one.add_argument("--reason", required=True)
        one.add_argument("--by", required=True, help="e-mail of the lawyer who decides it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it. Raises CommandError with the code to end with."""
        todo: dict[str, Callable[[dict[str, Any]], None]] = {
            "check": self._check,
            "show": self._show,
            "diff": self._diff,
            "explain": self._explain,
            "transition": self._transition,
        }
        try:
            todo[options["do"]](options)
        except RegimeError as error:
            raise CommandError(str(error), returncode=CANNOT) from error

    def _check(self, options: dict[str, Any]) -> None:
        problems = [one for path in options["files"] for one in _problems(path)]
        problems += [] if options["files"] else _problems_of_all()
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise CommandError(f"{len(problems)} to mend.", returncode=WRONG)
        self.stdout.write("sound")

    def _show(self, options: dict[str, Any]) -> None:
        self.stdout.write(page(pack(options["id"], options["pack_version"]), options["language"]))

    def _diff(self, options: dict[str, Any]) -> None:
        lines = differences(*_sides(options["sides"]))
        for line in lines:
            self.stdout.write(line)
        if lines:
            raise CommandError(f"{len(lines)} differences.", returncode=WRONG)
        self.stdout.write("the same")

    def _explain(self, options: dict[str, Any]) -> None:
        case = _case(options["reference"])
        self.stdout.write("\n".join(explain_case(case, options["language"])))

    def _transition(self, options: dict[str, Any]) -> None:
        case, user = _case(options["reference"]), _lawyer(options["by"])
        regime = CaseRegime.objects.filter(case=case, pack_id=options["id"]).first()
        if regime is None:
            said = f"{case.reference} does not run under {options['id']}."
            raise CommandError(said, returncode=CANNOT)
        version, reason = options["pack_version"], options["reason"]
        try:
            change_version(regime.id, version, reason=reason, user=user, now=read_clock())
        except RedressError as error:
            raise CommandError(error.message, returncode=CANNOT) from error
        self.stdout.write(f"{case.reference} runs under {options['id']} {version}.")


def _part(parts: Any, name: str, about: str) -> argparse.ArgumentParser:
    part: argparse.ArgumentParser = parts.add_parser(name, help=about)
    part.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0])
    return part


def _case(reference: str) -> Case:
    case = Case.objects.filter(reference=tidy(reference) or "").first()
    if case is None:
        raise CommandError(f"No case {reference}.", returncode=CANNOT)
    return case


def _lawyer(email: str) -> User:
    user = User.objects.filter(email__iexact=email).first()
    if user is None or not user.has_role(Role.LEGAL):
        raise CommandError(f"{email} is nobody with the role legal.", returncode=CANNOT)
    return user


def _problems(path: Path) -> list[str]:
    if not path.is_file():
        raise CommandError(f"{path}: no such file.", returncode=CANNOT)
    try:
        draft(path)
    except BadPack as error:
        return list(error.problems)
    return []


def _problems_of_all() -> list[str]:
    every = [path_of(one, version) for one in pack_ids() for version in versions(one)]
    shipped = [path for path in every if is_shipped(path)]
    return [*pack_problems(), *(one for path in shipped for one in _problems(path))]


def _sides(sides: list[str]) -> tuple[Pack, Pack]:
    if len(sides) == 3:
        return load(sides[0], sides[1]), load(sides[0], sides[2])
    if len(sides) != 2:
        raise CommandError("Name a pack and two versions, or two files.", returncode=CANNOT)
    return draft(Path(sides[0])), draft(Path(sides[1]))
