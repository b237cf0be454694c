"""The stage of counter-notices."""

import pytest

from tests.counternotices.stage import Stage, platform
from tests.people import create_person


@pytest.fixture
def stage(db: None) -> Stage:
    house = platform()
    people = {
        name: create_person(f"{name}@redress.example", name.title(), roles)
        for name, roles in (
            ("tara", ["reviewer"]),
            ("dan", ["reviewer", "approver"]),
            ("lea", ["legal"]),
            ("eno", ["engineer"]),
            ("eve", []),
        )
    }
    made = Stage(**people, platform=house, paul=None)  # type: ignore[arg-type]
    made.paul = made.user("paul")
    return made
