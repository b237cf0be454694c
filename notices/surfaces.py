"""Which packs a thing complained of calls for: by the kind of service it lies on, and where that is offered."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.conf import settings

from platforms.models import SurfaceKind

# Where a thing of each kind lies, unless the platform says so itself.
_USUAL: Final[Mapping[str, str]] = {
    "output": SurfaceKind.GENERATION.value,
    "prompt": SurfaceKind.GENERATION.value,
    "model": SurfaceKind.STORAGE.value,
    "model_version": SurfaceKind.STORAGE.value,
    "training_picture": SurfaceKind.STORAGE.value,
    "page": SurfaceKind.STORAGE.value,
    "link": SurfaceKind.LINK.value,
}


@dataclass(frozen=True, order=True)
class Place:
    """A kind of service in one territory: an ISO 3166 country, EU, or empty for everywhere."""

    kind: str
    territory: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.territory}" if self.territory else self.kind


class BadMapping(ValueError):
    """SURFACE_REGIMES is not what docs/settings.md describes; the message says what is wrong."""


def place_as_filed(kind: str) -> Place:
    """Where a thing lies as far as its kind tells, before it was looked up."""
    return Place(_USUAL.get(kind, SurfaceKind.GENERATION.value))


def places_as_found(kind: str, record: Mapping[str, object]) -> list[Place]:
    """Where the platform says that a thing lies; its kind decides where the platform does not say."""
    said = record.get("surface")
    surface = said if isinstance(said, str) and said in SurfaceKind.values else None
    territories = record.get("territories") or [""]
    assert isinstance(territories, list | tuple)
    usual = place_as_filed(kind).kind
    return [Place(surface or usual, str(one)) for one in territories]


def mapped(place: Place) -> tuple[str, ...]:
    """The packs that the operator mapped to this place, else those mapped to its kind everywhere; or none."""
    table = mapping()
    return table.get(place) or table.get(Place(place.kind)) or ()


def mapping() -> dict[Place, tuple[str, ...]]:
    """SURFACE_REGIMES, read: `{"storage:EU": ["eu-dsa-platform"], "generation": [...]}`. Raises BadMapping."""
    text = settings.SURFACE_REGIMES
    if not text:
        return {}
    try:
        table = json.loads(text) if isinstance(text, str) else dict(text)
    except (ValueError, TypeError) as error:
        raise BadMapping(f"SURFACE_REGIMES is not valid JSON ({error}).") from error
    if not isinstance(table, dict):
        raise BadMapping("SURFACE_REGIMES is an object of lists of pack ids.")
    return {_place(key): _packs(key, packs) for key, packs in table.items()}


def _place(key: str) -> Place:
    kind, _colon, territory = key.partition(":")
    if kind not in SurfaceKind.values or not (
        territory == "" or (len(territory) == 2 and territory.isupper())
    ):
        kinds = ", ".join(SurfaceKind.values)
        raise BadMapping(
            f"SURFACE_REGIMES: {key!r} is no place; write a kind ({kinds}), or kind:XX with a country or EU."
        )
    return Place(kind, territory)


def _packs(key: str, packs: object) -> tuple[str, ...]:
    if not isinstance(packs, list) or not packs or not all(isinstance(p, str) for p in packs):
        raise BadMapping(f"SURFACE_REGIMES: {key!r} needs a list of at least one pack id.")
    return tuple(packs)
