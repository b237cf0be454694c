"""The one image: everything it names exists, and it carries no secret and no root."""

import json
import os
import re
import subprocess
from pathlib import Path

import psycopg
import pytest

from launch.ports import VARIABLES
from launch.postgres import SUPERUSER, Cluster
from launch.setup import ROOT
from launch.wheels import postgres_program
from tests.docker.known import command_problems, known_variables

DOCKER = ROOT / "docker"
TEXT = (DOCKER / "Dockerfile").read_text().replace("\\\n", " ")
LINES = [line for line in TEXT.splitlines() if line.strip() and not line.startswith("#")]


def instructions(name: str) -> list[str]:
    return [line.partition(" ")[2].strip() for line in LINES if line.startswith(f"{name} ")]


def test_it_starts_from_the_python_we_test_with() -> None:
    assert instructions("FROM") == ["python:3.11-slim-bookworm"]


def test_everything_copied_exists() -> None:
    for copied in instructions("COPY"):
        *sources, _target = copied.split()
        assert all((ROOT / source).exists() for source in sources), copied


def test_it_runs_the_set_up_of_everybody_else() -> None:
    assert any(line.startswith("script/setup") for line in instructions("RUN"))
    assert os.access(ROOT / "script" / "setup", os.X_OK)
    assert not re.search(r"pip install|apt-get install", TEXT)


def test_its_commands_exist() -> None:
    (health,) = instructions("HEALTHCHECK")
    for text in (*instructions("CMD"), health.partition("CMD ")[2]):
        assert command_problems(json.loads(text)) == []
    for program in re.findall(r'python -c "([^"]+)"', TEXT):
        exec(program.replace("compile_all(Path('locale'))", "compile_all"), {})


def test_it_ends_as_somebody_who_is_not_root() -> None:
    assert instructions("USER") == ["redress"]
    assert LINES.index("USER redress") < LINES.index(next(x for x in LINES if x.startswith("CMD")))


def test_its_port_is_the_launchers() -> None:
    assert instructions("EXPOSE") == [str(VARIABLES["PORT"])]
    assert f"0.0.0.0:{VARIABLES['PORT']}" in instructions("CMD")[0]


def test_its_variables_are_ones_that_something_reads_and_none_is_a_secret() -> None:
    names = set(re.findall(r"([A-Z_]+)=", " ".join(instructions("ENV"))))
    assert names <= known_variables()
    assert not any(re.search(r"KEY|TOKEN|SECRET|PASSWORD", name) for name in names)
    assert instructions("ARG") == []


def test_what_is_not_for_the_image_stays_out() -> None:
    ignored = (DOCKER / "Dockerfile.dockerignore").read_text().split()
    assert {".git", ".venv", "var", "docker/secrets"} <= set(ignored)


def test_the_roles_get_their_passwords(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (tmp_path / "app_password").write_text("it's the app's")
    (tmp_path / "owner_password").write_text('the "owner\'s"')
    with Cluster(tmp_path_factory.mktemp("pg")) as cluster:
        told = {
            "PATH": f"{postgres_program('psql').parent}:{os.environ['PATH']}",
            "PGHOST": str(cluster.sockets),
            "POSTGRES_USER": SUPERUSER,
            "POSTGRES_DB": "redress",
            "SECRETS": str(tmp_path),
        }
        subprocess.run([DOCKER / "postgres" / "passwords.sh"], env=told, check=True)
        with psycopg.connect(cluster.url(SUPERUSER)) as connection:
            rows = connection.execute(
                "SELECT rolname FROM pg_authid WHERE rolpassword LIKE 'SCRAM%' ORDER BY 1"
            ).fetchall()
    assert rows == [("redress_app",), ("redress_owner",)]
