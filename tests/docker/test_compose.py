"""Docker is never run here, so everything its files name is held against the project."""

import json
import re
import subprocess
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from django.core.management import get_commands

from launch.environment import DATABASES
from launch.ports import VARIABLES
from launch.setup import ROOT
from tests.docker.known import command_problems, known_variables

DOCKER = ROOT / "docker"
COMPOSE: dict[str, Any] = yaml.safe_load((DOCKER / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = sorted(name for name, service in SERVICES.items() if "build" in service)
IMAGES_OWN = {"POSTGRES_DB", "POSTGRES_PASSWORD", "POSTGRES_INITDB_ARGS"}


def test_the_file_is_valid_by_the_published_schema() -> None:
    vendored = files("check_jsonschema") / "builtin_schemas" / "vendor" / "compose-spec.json"
    schema = json.loads(vendored.read_text())
    jsonschema.Draft202012Validator(schema).validate(COMPOSE)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate({"services": {"web": {"imagine": "x"}}})


def test_it_has_every_process_of_the_house() -> None:
    assert set(SERVICES) == {
        "web",
        "guard",
        "worker",
        "papers",
        "webhooks",
        "beat",
        "migrate",
        "postgres",
        "broker",
    }


@pytest.mark.parametrize("name", [name for name in OURS if "command" in SERVICES[name]])
def test_every_command_exists(name: str) -> None:
    assert command_problems(SERVICES[name]["command"]) == []


def test_an_unknown_command_is_noticed() -> None:
    assert command_problems(["gunicorn", "config.nowhere:application"])
    assert command_problems(["gunicorn", "config.wsgi:nothing"])
    assert command_problems(["python", "manage.py", "dance"])
    assert command_problems(["python", "-m", "launch", "dance"])
    assert command_problems(["nonsense"])


@pytest.mark.parametrize("name", OURS)
def test_every_health_check_exists(name: str) -> None:
    check = SERVICES[name].get("healthcheck", {})
    if "test" in check:
        kind, *words = check["test"]
        command = words if kind == "CMD" else words[0].split()
        assert command_problems(command) == []


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_variable_is_one_that_something_reads(name: str) -> None:
    names = {key.removesuffix("_FILE") for key in SERVICES[name].get("environment", {})}
    known = known_variables() if name in OURS else IMAGES_OWN
    assert names - known == set()


def test_only_migrations_are_told_the_owners_address() -> None:
    told = {name for name in OURS for key in SERVICES[name]["environment"] if "OWNER" in key}
    assert told == {"migrate"}
    assert set(DATABASES) <= known_variables()


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_secret_that_is_read_is_given(name: str) -> None:
    service = SERVICES[name]
    environment = service.get("environment", {})
    read = {Path(value).name for key, value in environment.items() if key.endswith("_FILE")}
    given = set(service.get("secrets", []))
    assert read <= given
    assert given <= set(COMPOSE["secrets"])


def test_no_secret_stands_in_a_variable() -> None:
    pattern = re.compile(r"PASSWORD|SECRET|TOKEN|KEY|DATABASE.*URL")
    for service in SERVICES.values():
        for key in service.get("environment", {}):
            assert key.endswith("_FILE") or not pattern.search(key), key


def test_every_port_is_the_launchers() -> None:
    ports = set(VARIABLES.values())
    published = {int(p.split(":")[-1]) for s in SERVICES.values() for p in s.get("ports", [])}
    spoken = {int(n) for n in re.findall(r"(?:0\.0\.0\.0|guard):(\d+)", json.dumps(SERVICES))}
    checked = {int(n) for n in re.findall(r'"health", "(\d+)"', json.dumps(SERVICES))}
    assert published | spoken | checked <= ports
    assert published == {8000, 8010}


def test_every_path_exists() -> None:
    build = SERVICES["web"]["build"]
    assert (DOCKER / build["context"] / build["dockerfile"]).is_file()
    mounts = [mount.split(":")[0] for s in SERVICES.values() for mount in s.get("volumes", [])]
    for source in mounts:
        assert (DOCKER / source).is_file() if "/" in source else source in COMPOSE["volumes"]


def test_the_secrets_it_names_are_the_ones_that_are_made(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    for _ in range(2):
        subprocess.run([DOCKER / "make-secrets", folder], check=True)
    made = {file.name: file.read_text() for file in folder.iterdir()}
    assert {f"./secrets/{name}" for name in made} == {
        s["file"] for s in COMPOSE["secrets"].values()
    }
    assert made["app_password"] in made["database_url"]
    assert made["owner_password"] in made["database_owner_url"]
    assert folder.stat().st_mode & 0o777 == 0o700
    ignored = subprocess.run(["git", "check-ignore", "docker/secrets"], cwd=ROOT, check=False)
    assert ignored.returncode == 0


def test_the_addresses_made_are_ones_the_settings_read() -> None:
    text = (DOCKER / "make-secrets").read_text()
    assert "@postgres/redress" in text
    assert SERVICES["postgres"]["environment"]["POSTGRES_DB"] == "redress"
    assert callable(import_module("config.env").database)
    assert "prepare" in get_commands()
