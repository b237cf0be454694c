"""What the rules look at: the rooms of the house and their files."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent.parent
ROOMS: Final = (
    "common",
    "users",
    "evidence",
    "regimes",
    "deadlines",
    "notifications",
    "screening",
    "platforms",
    "notices",
    "measures",
    "counternotices",
    "casework",
    "config",
    "sandbox",
    "launch",
)


def sources() -> list[Path]:
    """Every Python file of ours that is not a migration."""
    found = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]
