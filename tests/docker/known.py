"""What the project offers to the files of docker/: commands and variables."""

import ast
import re
from collections.abc import Sequence
from importlib.util import find_spec

from django.core.management import get_commands

from launch.setup import ROOT, VENV

READERS = ["config/settings.py", "screening/guard/options.py", "sandbox/settings.py"]
VARIABLE = re.compile(r"[A-Z][A-Z0-9_]+")
SYSTEM = {"PATH", "PYTHONUNBUFFERED", "OPENBLAS_NUM_THREADS"}


def known_variables() -> set[str]:
    """The names that settings, guard and sandbox read: the first argument of their readers."""
    names = set(SYSTEM)
    for file in READERS:
        for node in ast.walk(ast.parse((ROOT / file).read_text())):
            match node:
                case ast.Call(args=[ast.Constant(value=str(name)), *_]) if VARIABLE.fullmatch(name):
                    names.add(name)
    return names


def command_problems(command: Sequence[str]) -> list[str]:
    """Why a command line could not run in this project; nothing when it could."""
    program, *words = command
    if not (VENV / "bin" / program).exists():
        return [f"{program} is not installed"]
    match program, words:
        case "gunicorn", [application, *_]:
            return _application_problems(application)
        case "celery", ["-A", package, *_]:
            return [] if find_spec(f"{package}.celery") else [f"{package} has no Celery"]
        case "python", ["-m", "launch", order, *_]:
            text = (ROOT / "launch" / "__main__.py").read_text()
            return [] if f'add_parser("{order}"' in text else [f"launch has no {order}"]
        case "python", ["manage.py", order, *_]:
            exists = order in get_commands() and (ROOT / "manage.py").is_file()
            return [] if exists else [f"manage.py has no {order}"]
        case "python", ["-c", program_text]:
            return [] if compile(program_text, "-c", "exec") else ["no program"]
    return [f"{program} {words} is unknown to the tests"]


def _application_problems(application: str) -> list[str]:
    """Read, not imported: some of them open the database as they are imported."""
    module, _, name = application.partition(":")
    file = ROOT / (module.replace(".", "/") + ".py")
    if not file.is_file():
        return [f"{module} does not exist"]
    found = re.search(rf"^(def )?{name.removesuffix('()')}\b", file.read_text(), re.MULTILINE)
    return [] if found else [f"{module} has no {name}"]
