"""Every variable that the code reads stands in docs/settings.md, and nothing else does."""

import ast
import re
from collections.abc import Iterator
from typing import Final

from launch.ports import VARIABLES
from tests.architecture.house import ROOT, sources

READERS: Final = {"text", "flag", "number", "words", "database", "get", "gives", "_read"}
READERS.add("_required")
# Where the environment is read; every other file asks the settings.
PLACES: Final = ("config/settings.py", "screening/guard/options.py", "sandbox/settings.py")
NAME: Final = re.compile(r"[A-Z][A-Z_]+")


def read_in(source: str) -> Iterator[str]:
    """The variables that a file reads by name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args:
            first = node.args[0]
            name = first.value if isinstance(first, ast.Constant) else None
            reader = ast.unparse(node.func).rpartition(".")[2]
            if reader in READERS and isinstance(name, str) and NAME.fullmatch(name):
                yield name.removesuffix("_FILE")


def read_by_the_house() -> set[str]:
    """The variables of every program of ours."""
    places = [ROOT / place for place in PLACES] + sorted((ROOT / "launch").glob("*.py"))
    return {name for place in places for name in read_in(place.read_text())} | set(VARIABLES)


def explained(text: str) -> set[str]:
    """The variables that the table's first column names."""
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}


def test_a_reader_is_known_from_another_call() -> None:
    assert [*read_in('env.text("SECRET_KEY"); given.get("KEY_FILE"); print("NOT_READ")')] == [
        "SECRET_KEY",
        "KEY",
    ]


def test_the_table_of_settings_is_what_the_code_reads() -> None:
    there = explained((ROOT / "docs/settings.md").read_text(encoding="utf-8"))
    assert read_by_the_house() - there == set(), "explain these in docs/settings.md"
    assert there - read_by_the_house() == set(), "nothing reads these any more"


def test_nobody_else_reads_the_environment() -> None:
    allowed = {*PLACES, "config/env.py", "config/celery.py", "config/wsgi.py"}
    allowed.add("screening/guard/wsgi.py")
    reading = [path for path in sources() if "os.environ" in path.read_text(encoding="utf-8")]
    others = {str(path.relative_to(ROOT)) for path in reading if path.parent.name != "launch"}
    assert others <= allowed
