"""Each process is told as little as it needs."""

from pathlib import Path

import pytest

from launch.environment import Environment
from launch.errors import Refusal
from launch.ports import Ports

APP_URL = "postgresql://redress_app@/redress"
OWNER_URL = "postgresql://redress_owner@/redress"
GIVEN = {"DATABASE_URL": APP_URL, "DATABASE_OWNER_URL": OWNER_URL, "PATH": "/bin"}


def environment(folder: Path, **given: str) -> Environment:
    return Environment(folder, Ports(), given)


@pytest.mark.parametrize("given", [{}, GIVEN])
def test_only_migrations_learn_the_owners_address(tmp_path: Path, given: dict[str, str]) -> None:
    told = environment(tmp_path, **given)
    house = told.for_house(APP_URL, "redis://")
    assert house["DATABASE_URL"] == APP_URL
    assert not any(OWNER_URL in value for value in house.values())
    assert told.for_migrations(house, OWNER_URL)["DATABASE_OWNER_URL"] == OWNER_URL


def test_a_secret_in_a_file_stays_in_its_file(tmp_path: Path) -> None:
    files = {"DATABASE_URL_FILE": "/run/app", "DATABASE_OWNER_URL_FILE": "/run/owner"}
    told = environment(tmp_path, **files)
    house = told.for_house("", "redis://")
    assert house["DATABASE_URL_FILE"] == "/run/app"
    assert {"DATABASE_URL", "DATABASE_OWNER_URL_FILE"}.isdisjoint(house)
    assert told.for_migrations(house, "")["DATABASE_OWNER_URL_FILE"] == "/run/owner"


@pytest.mark.parametrize("one", ["DATABASE_URL", "DATABASE_OWNER_URL"])
def test_one_database_address_without_the_other_is_refused(tmp_path: Path, one: str) -> None:
    with pytest.raises(Refusal, match=r"Set both DATABASE_URL .* and DATABASE_OWNER_URL"):
        environment(tmp_path, **{one: APP_URL})


def test_the_sandbox_knows_no_database_and_no_secret_of_the_house(tmp_path: Path) -> None:
    told = environment(tmp_path, **GIVEN, SECRET_KEY="the house's").for_sandbox()
    assert {"DATABASE_URL", "DATABASE_OWNER_URL", "BROKER_URL", "SECRET_KEY"}.isdisjoint(told)
    assert told["SANDBOX_KEY"] == environment(tmp_path).for_house("", "")["PLATFORM_KEY"]


def test_the_house_asks_the_sandbox_s_public_pages_and_no_other_platform_s(tmp_path: Path) -> None:
    own = environment(tmp_path).for_house("", "")
    assert own["PLATFORM_PUBLIC_HOSTS"] == f"localhost:{Ports().sandbox}"
    other = environment(tmp_path, PLATFORM_URL="https://acme.example").for_house("", "")
    assert "PLATFORM_PUBLIC_HOSTS" not in other


def test_what_the_person_sets_wins(tmp_path: Path) -> None:
    house = environment(tmp_path, STORAGE_URL="file:///srv", REDRESS_DEMO="0").for_house("", "")
    assert (house["STORAGE_URL"], house["REDRESS_DEMO"]) == ("file:///srv", "0")


def test_nothing_leads_database_clients_astray(tmp_path: Path) -> None:
    house = environment(tmp_path, PGPORT="1", PGHOST="elsewhere", PATH="/bin").for_house("", "")
    assert {"PGPORT", "PGHOST"}.isdisjoint(house)
    assert house["PATH"] == "/bin"


def test_secrets_are_made_once_and_readable_by_us_only(tmp_path: Path) -> None:
    first = environment(tmp_path).for_house("", "")
    assert environment(tmp_path).for_house("", "")["SECRET_KEY"] == first["SECRET_KEY"]
    assert len({first["SECRET_KEY"], first["GUARD_TOKEN"], first["PLATFORM_KEY"]}) == 3
    modes = {file.stat().st_mode & 0o777 for file in (tmp_path / "keys").iterdir()}
    assert modes == {0o600}
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
