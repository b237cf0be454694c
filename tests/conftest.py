"""The fixed cast of the tests, and the one network they may use: this machine's own."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings

from tests.people import create_person
from users.models import User
from users.roles import Role

# How long something takes says nothing on a busy machine: benches measure speed, tests never do.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes begins first, so that no process is left with it alone at the end."""
    items.sort(key=lambda item: not {"browser", "launch"} & set(item.path.parts))


@dataclass(frozen=True)
class Cast:
    """Whoever has an account. Nora files and Paul is affected; both come by links, without one."""

    tara: User
    dan: User
    lea: User
    eno: User
    ada: User
    eve: User


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    """A page that was read in Chinese leaves this thread speaking Chinese."""
    yield
    translation.deactivate()


@pytest.fixture
def cast(db: None) -> Cast:
    """Tara reviews, Dan approves too, Lea is legal, Eno engineers, Ada administers, Eve may see nothing."""
    roles = {
        "tara": [Role.REVIEWER],
        "dan": [Role.REVIEWER, Role.APPROVER],
        "lea": [Role.LEGAL],
        "eno": [Role.ENGINEER],
        "ada": [Role.ADMINISTRATOR],
        "eve": [Role.FILER],
    }
    return Cast(
        **{
            name: create_person(f"{name}@house.example", name.title(), [str(r) for r in held])
            for name, held in roles.items()
        }
    )
