"""Turning checked TOML into the frozen values of `pack.py`, field by field as the dataclasses declare them."""

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from enum import EnumMeta
from functools import lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from regimes.errors import BadPack
from regimes.words import Text

SOURCE_FIELDS = ("source", "put_back_source", "right_to_sue_source")

Data = Mapping[str, Any]


def resolve_sources(data: Any, by_id: Data) -> Any:
    """The same data with every list of source ids replaced by the sources. Raises BadPack on an unknown id."""
    if isinstance(data, list):
        return [resolve_sources(entry, by_id) for entry in data]
    if not isinstance(data, dict):
        return data
    return {
        key: [_source(one, by_id) for one in value]
        if key in SOURCE_FIELDS
        else resolve_sources(value, by_id)
        for key, value in data.items()
    }


def build(cls: Any, data: Data) -> Any:
    """A `cls` from `data`, which the schema has already checked. Raises BadPack when a field is wanting."""
    return cls(**{each.name: _value(cls, each, data) for each in fields(cls)})


def _source(source_id: str, by_id: Data) -> Any:
    if source_id not in by_id:
        raise BadPack(f"Source {source_id!r} is cited but not listed: add it to [[sources]].")
    return by_id[source_id]


def _value(cls: Any, each: "Field[Any]", data: Data) -> Any:
    if each.name in data:
        return _convert(_hints(cls)[each.name], data[each.name])
    if each.default is not MISSING:
        return each.default
    if types.NoneType in get_args(_hints(cls)[each.name]):
        return None
    raise BadPack(f"{cls.__name__} {data.get('key', '')!s} lacks {each.name}.")


@lru_cache(maxsize=64)
def _hints(cls: Any) -> dict[str, Any]:
    return get_type_hints(cls)


def _convert(kind: Any, value: Any) -> Any:
    if kind is Text:
        return Text(value["en"], value["zh-Hans"])
    if get_origin(kind) is tuple:
        return tuple(_convert(get_args(kind)[0], entry) for entry in value)
    if get_origin(kind) in (Union, types.UnionType):
        first = get_args(kind)[0]
        return _convert(first, value) if hasattr(first, "__dataclass_fields__") else value
    if isinstance(kind, EnumMeta):
        return kind(value)
    return build(kind, value) if hasattr(kind, "__dataclass_fields__") else value
