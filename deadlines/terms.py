"""A pack's clock as it is kept with a deadline: the terms a period began under stay its terms."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from regimes.build import build
from regimes.pack import Clock


def freeze(clock: Clock) -> dict[str, Any]:
    """The clock as JSON data, whole, so that it can be explained without its pack."""
    return asdict(clock, dict_factory=_as_in_a_pack)


def thaw(data: Mapping[str, Any]) -> Clock:
    """The clock that `freeze` wrote. Raises BadPack when a field is wanting."""
    clock: Clock = build(Clock, data)
    return clock


def _as_in_a_pack(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    named = ((key.replace("zh_hans", "zh-Hans"), value) for key, value in pairs)
    return {key: value for key, value in named if value is not None}
