"""What each process is told: as little as it needs. Only migrations learn the owner's address."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from launch.errors import Refusal
from launch.keys import key
from launch.ports import HOST, Ports

# Addresses of servers of the operator's own, used instead of the embedded ones.
DATABASES = ("DATABASE_URL", "DATABASE_OWNER_URL")
PRIVATE = (*DATABASES, "BROKER_URL", "SECRET_KEY", "GUARD_TOKEN", "PLATFORM_KEY", "SANDBOX_KEY")


@dataclass(frozen=True)
class Environment:
    """The environment of the launcher, read for the children. `given` is what the person set."""

    data: Path
    ports: Ports
    given: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))

    def __post_init__(self) -> None:
        if self.gives("DATABASE_URL") != self.gives("DATABASE_OWNER_URL"):
            raise Refusal(
                "Set both DATABASE_URL (role redress_app) and DATABASE_OWNER_URL (role "
                "redress_owner), or neither: migrations run as the owner, everything else does not."
            )

    def gives(self, name: str) -> bool:
        """Whether the person set the variable, or the file that holds it."""
        return bool(self.given.get(name) or self.given.get(f"{name}_FILE"))

    @property
    def demo(self) -> bool:
        """Whether the demo is on, as it is unless REDRESS_DEMO says otherwise."""
        return (self.given.get("REDRESS_DEMO") or "1") == "1"

    def for_house(self, database: str, broker: str) -> dict[str, str]:
        """Web, guard, worker and beat: they own nothing in the database."""
        own = {
            **self._addresses(),
            "DATABASE_URL": database,
            "BROKER_URL": broker,
            "STORAGE_URL": (self.data / "files").as_uri(),
            "SECRET_KEY": key(self.data, "secret-key"),
            "GUARD_TOKEN": key(self.data, "guard-token"),
            "PLATFORM_KEY": key(self.data, "platform-key"),
            "REDRESS_DEMO": "1",
            "OPENBLAS_NUM_THREADS": "1",  # processes side by side: more threads only wait for each other
            "PUBLIC_URL": f"http://localhost:{self.ports.web}",
        }
        if not self.gives("PLATFORM_URL"):  # the sandbox names itself so in its links
            own["PLATFORM_PUBLIC_HOSTS"] = f"localhost:{self.ports.sandbox}"
        return self._plain() | self._unless_given(own)

    def for_migrations(self, house: Mapping[str, str], owner: str) -> dict[str, str]:
        """The house's environment with the owner's address."""
        return {**house, **self._unless_given({"DATABASE_OWNER_URL": owner})}

    def for_sandbox(self) -> dict[str, str]:
        """A stranger to the house: it knows its own key and where to ask the guard."""
        own = {
            **self._addresses(),
            "SANDBOX_DATA": str(self.data / "sandbox"),
            "SANDBOX_KEY": key(self.data, "platform-key"),
            "GUARD_TOKEN": key(self.data, "guard-token"),
            "SANDBOX_PUBLIC_URL": f"http://localhost:{self.ports.sandbox}",
        }
        return self._plain() | self._unless_given(own)

    def _addresses(self) -> dict[str, str]:
        return {
            "DATA_DIR": str(self.data),
            "GUARD_URL": f"http://{HOST}:{self.ports.guard}",
            "PLATFORM_URL": f"http://{HOST}:{self.ports.sandbox}",
        }

    def _plain(self) -> dict[str, str]:
        """Ours without what not everybody may know, and without what leads clients astray."""
        private = {*PRIVATE, *(f"{name}_FILE" for name in PRIVATE)}
        kept = {
            name: value
            for name, value in self.given.items()
            if name not in private and not name.startswith("PG")
        }
        return kept | {"PYTHONUNBUFFERED": "1"}

    def _unless_given(self, own: Mapping[str, str]) -> dict[str, str]:
        """Our value for each name, or the person's, by the name they used."""
        told = {}
        for name, value in own.items():
            file = f"{name}_FILE"
            if self.given.get(file):
                told[file] = self.given[file]
            else:
                told[name] = self.given.get(name) or value
        return told
