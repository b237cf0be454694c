"""What the sandbox must be told by its environment; a secret may also come from a file (`NAME_FILE`)."""

import os
from dataclasses import dataclass
from pathlib import Path


class ConfigurationError(RuntimeError):
    """A setting is missing; the text says which and how to give it."""


@dataclass(frozen=True)
class Settings:
    data: Path
    """Folder of the database; made when missing."""
    key: str
    """Bearer key of the contract and the controls."""
    guard_url: str = ""
    """Address of Redress's guard; without it every generation is refused."""
    guard_token: str = ""
    public_url: str = ""
    """Address under which people see the pages; taken from the request when empty."""


def from_environment() -> Settings:
    """Reads SANDBOX_DATA, SANDBOX_KEY, GUARD_URL, GUARD_TOKEN, SANDBOX_PUBLIC_URL.

    Raises ConfigurationError when the folder or the key is missing.
    """
    return Settings(
        data=Path(_required("SANDBOX_DATA", "the folder the sandbox keeps its database in")),
        key=_required("SANDBOX_KEY", "the bearer key that Redress presents"),
        guard_url=_read("GUARD_URL").rstrip("/"),
        guard_token=_read("GUARD_TOKEN"),
        public_url=_read("SANDBOX_PUBLIC_URL").rstrip("/"),
    )


def _read(name: str) -> str:
    file = os.environ.get(f"{name}_FILE")
    return Path(file).read_text().strip() if file else os.environ.get(name, "").strip()


def _required(name: str, meaning: str) -> str:
    value = _read(name)
    if not value:
        raise ConfigurationError(
            f"{name} is not set. Give it {meaning}, or a file with it as {name}_FILE."
        )
    return value
