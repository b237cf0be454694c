"""Finding, checking and reading packs. Files are read once per content: a changed file is a new pack, never a stale one."""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from regimes import overrides as choices
from regimes.build import build, resolve_sources
from regimes.check import check
from regimes.errors import BadPack, OverrideRefused, RegimeError
from regimes.overrides import Overrides
from regimes.pack import Pack
from regimes.shelf import own_files, pack_ids, path_of, read, shelf_problems, versions

NO_OVERRIDES: Overrides = {}


def pack(pack_id: str, version: str | None = None) -> Pack:
    """The pack as this house runs it: with the operator's `REGIME_OVERRIDES` for it. Latest version unless named.

    A case asks with the version it started under. Raises UnknownPack, BadPack, OverrideRefused.
    """
    house = house_overrides(getattr(settings, "REGIME_OVERRIDES", None))
    return load(pack_id, version, house.get(pack_id, NO_OVERRIDES))


def in_force(pack_id: str, at: datetime) -> Pack:
    """The version a case that begins at `at` (aware) runs under: the latest whose period holds that day in its zone.

    Where none is in force, the latest there is: a notice is never lost over a date. Raises what `pack` raises.
    """
    found = [pack(pack_id, version) for version in versions(pack_id)]
    return next((one for one in reversed(found) if _holds(one, at)), found[-1])


def all_packs() -> tuple[Pack, ...]:
    """Every pack in its latest version, as this house runs it, by id. Raises what `pack` raises."""
    return tuple(pack(pack_id) for pack_id in pack_ids())


def load(pack_id: str, version: str | None = None, overrides: Overrides = NO_OVERRIDES) -> Pack:
    """The pack with these overrides and no others (see `overrides.apply`). Raises UnknownPack, BadPack, OverrideRefused."""
    named = version or versions(pack_id)[-1]
    body = read(path_of(pack_id, named))
    return parse(body, f"{pack_id}/{named}.toml", choices.canonical(overrides))


def house_overrides(setting: Mapping[str, Overrides] | str | None) -> Mapping[str, Overrides]:
    """The overrides by pack id, from a `REGIME_OVERRIDES` setting: a mapping, or the same as JSON text.

    For instance `{"cn-civil-code": {"wait": "working_days_20"}}`. Raises OverrideRefused.
    """
    try:
        house = json.loads(setting or "{}") if isinstance(setting, str) else setting or {}
    except json.JSONDecodeError as error:
        raise OverrideRefused(f"REGIME_OVERRIDES is not valid JSON ({error}).") from error
    if not isinstance(house, Mapping) or not all(
        isinstance(one, Mapping) for one in house.values()
    ):
        raise OverrideRefused("REGIME_OVERRIDES gives for each pack id an object of overrides.")
    return house


def override_problems(setting: Mapping[str, Overrides] | str | None) -> list[str]:
    """What is wrong with a `REGIME_OVERRIDES` setting, for a system check; empty when every entry can be applied."""
    try:
        house = house_overrides(setting)
    except OverrideRefused as error:
        return [str(error)]
    problems = []
    for pack_id, overrides in house.items():
        try:
            for version in versions(pack_id):
                load(pack_id, version, overrides)
        except RegimeError as error:
            problems.append(str(error))
    return problems


def pack_problems() -> list[str]:
    """What is wrong with the packs there are, ours and the operator's, for a system check; empty when all is well."""
    problems = shelf_problems()
    for path in own_files():
        try:
            parse(read(path), f"{path.parent.name}/{path.name}")
        except BadPack as error:
            problems += [f"{settings.PACKS_DIR}/{problem}" for problem in error.problems]
    return problems


def source_of(one: Pack) -> bytes:
    """The very file a pack was read from, as an exhibit of the law that was applied. Raises UnknownPack, BadPack."""
    return read(path_of(one.id, one.version))


def _holds(one: Pack, at: datetime) -> bool:
    day = at.astimezone(ZoneInfo(one.zone)).date().isoformat()
    return one.effective_from <= day and (not one.effective_to or day <= one.effective_to)


@lru_cache(maxsize=64)
def parse(body: bytes, named: str, overrides: str = "") -> Pack:
    """The pack in the bytes of a TOML file; `overrides` as canonical JSON. Raises BadPack, OverrideRefused."""
    data = _checked(body, named)
    chosen = choices.apply(data, json.loads(overrides) if overrides else {})
    return _built(chosen, hashlib.sha256(body).hexdigest(), overrides)


@lru_cache(maxsize=64)
def _checked(body: bytes, named: str) -> dict[str, Any]:
    try:
        data = tomllib.loads(body.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadPack(
            named, f"not valid TOML in UTF-8 ({error}). Mend the line it names."
        ) from error
    problems = check(data)
    if problems:
        raise BadPack(named, *problems)
    if f"{data['id']}/{data['version']}.toml" != named:
        said = f"the file says {data['id']} {data['version']}; rename the one or the other."
        raise BadPack(named, said)
    return data


def _built(data: dict[str, Any], file_sha256: str, overrides: str) -> Pack:
    by_id = {source["id"]: source for source in data["sources"]}
    whole = resolve_sources(data, by_id)
    for clock in whole["clocks"]:
        clock.update(zone=data["zone"], cutoff=data["cutoff"])
    seal = hashlib.sha256(f"{file_sha256}\n{overrides}".encode()).hexdigest()
    whole.update(
        sha256=seal if overrides else file_sha256, file_sha256=file_sha256, overrides=overrides
    )
    built: Pack = build(Pack, whole)
    return built
