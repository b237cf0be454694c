"""Where the pack files are: those we ship, and the operator's own folder beside them. Knows no pack's contents."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from django.conf import settings

from regimes.errors import BadPack, UnknownPack

SHIPPED: Final = Path(__file__).parent / "packs"
SUMS: Final = "SHA256SUMS"

Versions = Mapping[str, Path]


def pack_ids() -> tuple[str, ...]:
    """The ids of the packs there are, ours and the operator's, in order of name."""
    return tuple(sorted({path.parent.name for path in _files()}))


def versions(pack_id: str) -> tuple[str, ...]:
    """The versions of a pack, oldest first. Raises UnknownPack."""
    return tuple(found(pack_id))


def found(pack_id: str) -> Versions:
    """The files of a pack by version, oldest first; a version we ship is never the operator's. Raises UnknownPack."""
    by_version: dict[str, Path] = {}
    for path in _files():
        if path.parent.name == pack_id:
            by_version.setdefault(path.stem, path)
    if not by_version:
        raise UnknownPack(f"No pack {pack_id!r}; there are {', '.join(pack_ids())}.")
    return dict(sorted(by_version.items(), key=lambda item: _ordinal(item[0])))


def path_of(pack_id: str, version: str) -> Path:
    """The file of one version. Raises UnknownPack naming the versions there are."""
    by_version = found(pack_id)
    if version not in by_version:
        raise UnknownPack(
            f"Pack {pack_id} has no version {version!r}; there are {', '.join(by_version)}."
        )
    return by_version[version]


def is_shipped(path: Path) -> bool:
    """Whether a file is one of ours, and not the operator's."""
    return path.is_relative_to(shipped_folder())


def own_files() -> tuple[Path, ...]:
    """The operator's pack files, in order of name."""
    folder = own_folder()
    return tuple(sorted(folder.glob("*/*.toml"))) if folder and folder.is_dir() else ()


def own_folder() -> Path | None:
    """`PACKS_DIR`, the operator's folder of packs, or None where there is none."""
    named = getattr(settings, "PACKS_DIR", "")
    return Path(named) if named else None


def shipped_folder() -> Path:
    """Our own packs."""
    return SHIPPED


def read(path: Path) -> bytes:
    """A pack file's bytes. Raises BadPack when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadPack(f"{path}: cannot be read ({error.strerror}).") from error


def shelf_problems() -> list[str]:
    """What is wrong with the folders themselves: not with what a file says, which `check` finds."""
    return [*_changed(), *_misplaced()]


def _changed() -> Iterator[str]:
    """A released version never changes: cases run under it by its hash."""
    listed = dict(_sums())
    for path in sorted(shipped_folder().glob("*/*.toml")):
        named = f"{path.parent.name}/{path.name}"
        wanted = listed.pop(named, None)
        if wanted is None:
            yield f"{named}: not listed in {SUMS}. Add the line that `sha256sum {named}` prints."
        elif wanted != hashlib.sha256(path.read_bytes()).hexdigest():
            yield (
                f"{named}: changed after it was listed in {SUMS}. Put the change into a new version "
                "beside it; cases run under this one."
            )
    yield from (f"{named}: listed in {SUMS} but gone. Put the file back." for named in listed)


def _sums() -> Iterator[tuple[str, str]]:
    for line in (shipped_folder() / SUMS).read_text(encoding="utf-8").splitlines():
        digest, _space, named = line.partition("  ")
        yield named, digest


def _misplaced() -> Iterator[str]:
    folder = own_folder()
    if folder is None:
        return
    if not folder.is_dir():
        yield f"PACKS_DIR: {folder} is not a folder. Create it, or leave PACKS_DIR empty."
    ours = {path.relative_to(shipped_folder()) for path in shipped_folder().glob("*/*.toml")}
    for path in own_files():
        named = path.relative_to(folder)
        if named in ours:
            yield (
                f"{path}: a version we ship cannot be replaced. Give the file the next version "
                "number, in its name and inside it."
            )
    for path in sorted(folder.glob("*.toml")):
        yield f"{path}: lies outside a pack's folder. Move it to <id>/<version>.toml."


def _files() -> Iterator[Path]:
    yield from sorted(shipped_folder().glob("*/*.toml"))
    yield from own_files()


def _ordinal(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))
