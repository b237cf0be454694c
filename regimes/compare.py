"""Two versions of the law side by side: what was added, what went, what says something else."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any, Final

from regimes.pack import Pack

NAMES: Final = ("key", "id", "decision")
"""By which of its fields an entry of a list is known."""
SOURCES: Final = ("source", "put_back_source", "right_to_sue_source")
HASHES: Final = ("sha256", "file_sha256")


def differences(old: Pack, new: Pack) -> list[str]:
    """One line for each difference: `+` added, `-` gone, `~` changed from, to. Empty when they say the same."""
    return [*_between("", _plain(old), _plain(new))]


def _plain(pack: Pack) -> Mapping[str, Any]:
    return asdict(pack, dict_factory=_named)


def _named(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Without hashes, which differ anyhow, and with the ids of sources, whose texts are compared once."""
    plain = {key: value for key, value in pairs if key not in HASHES}
    return plain | {key: [one["id"] for one in plain[key]] for key in SOURCES if key in plain}


def _between(where: str, old: Any, new: Any) -> Iterator[str]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in [*old, *(key for key in new if key not in old)]:
            yield from _pair(f"{where}.{key}".lstrip("."), old, new, key)
    elif _keyed(old) and _keyed(new):
        before, after = _by_name(old), _by_name(new)
        for key in [*before, *(key for key in after if key not in before)]:
            yield from _pair(f"{where}[{key}]", before, after, key)
    elif old != new:
        yield f"~ {where}: {_short(old)} -> {_short(new)}"


def _pair(where: str, old: Mapping[str, Any], new: Mapping[str, Any], key: str) -> Iterator[str]:
    if key not in new:
        yield f"- {where}: {_short(old[key])}"
    elif key not in old:
        yield f"+ {where}: {_short(new[key])}"
    else:
        yield from _between(where, old[key], new[key])


def _keyed(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(one, Mapping) for one in value)


def _by_name(entries: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Entries by what they are called; those without a name by what tells them apart."""
    named: dict[str, Any] = {}
    for place, one in enumerate(entries):
        said = next((str(one[name]) for name in NAMES if name in one), "")
        parts = [str(one[name]) for name in ("event", "recipient", "side", "item") if name in one]
        key = said or " ".join(parts) or str(place + 1)
        named[key if key not in named else f"{key} {place + 1}"] = one
    return named


def _short(value: Any) -> str:
    if isinstance(value, Mapping):
        known = value.get("label") or value.get("text") or value.get("norm") or value
        return str(known["en"]) if "en" in known else str(dict(known))
    return str([*map(str, value)]) if isinstance(value, (list, tuple)) else f"{value}"
