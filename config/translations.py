"""Compiling translations without gettext's own tools, which a bare machine lacks."""

from pathlib import Path

import polib


def compile_all(root: Path) -> int:
    """Write a .mo beside every .po that is newer; how many were written."""
    stale = [po for po in sorted(root.glob("*/LC_MESSAGES/*.po")) if _is_stale(po)]
    for po in stale:
        polib.pofile(str(po)).save_as_mofile(str(po.with_suffix(".mo")))
    return len(stale)


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime
