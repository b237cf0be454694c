"""Every text a person reads is in English and in Simplified Chinese: none missing, none fuzzy, none forgotten."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings

ROOT = Path(__file__).parent.parent.parent
PO = ROOT / "locale/zh_Hans/LC_MESSAGES/django.po"
LEFT_OUT = ("var", ".venv", ".git", "tests", "sandbox", "launch", "docs", "static", "docker")
COMMAND = [
    "makemessages",
    "-l",
    "zh_Hans",
    "--no-wrap",
    "--no-location",
    "-e",
    "html,txt,py",
    "--verbosity",
    "0",
]


def messages(po: Path) -> set[tuple[str | None, str]]:
    """What there is to translate."""
    return {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(po)) if not entry.obsolete}


def test_nothing_is_untranslated_or_fuzzy() -> None:
    entries = [entry for entry in polib.pofile(str(PO)) if not entry.obsolete]
    assert [entry.msgid for entry in entries if not entry.translated() or entry.fuzzy] == []


def test_placeholders_survive_translation() -> None:
    for entry in polib.pofile(str(PO)):
        named = {part.split(")")[0] for part in entry.msgid.split("%(")[1:]}
        there = entry.msgstr or "".join(entry.msgstr_plural.values())
        assert {part.split(")")[0] for part in there.split("%(")[1:]} <= named | _plural(entry)


def _plural(entry: polib.POEntry) -> set[str]:
    return {part.split(")")[0] for part in entry.msgid_plural.split("%(")[1:]}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_catalogue_holds_what_the_code_says(tmp_path: Path) -> None:
    house = tmp_path / "house"
    shutil.copytree(ROOT, house, ignore=lambda folder, names: _unwanted(folder, names))
    told = {**os.environ, "GUARD_TOKEN": "for this test only"}
    command = [sys.executable, "-W", "ignore", "manage.py", *COMMAND]
    subprocess.run(command, cwd=house, env=told, check=True, timeout=180)
    found = messages(house / PO.relative_to(ROOT))
    assert found - messages(PO) == set(), "run makemessages and translate what is new"
    assert messages(PO) - found == set(), "these are no longer said: take them out"


def _unwanted(folder: str, names: list[str]) -> set[str]:
    top = Path(folder) == ROOT
    return {name for name in names if (top and name in LEFT_OUT) or name == "__pycache__"}


def test_both_languages_are_offered() -> None:
    assert [code for code, _name in settings.LANGUAGES] == ["en", "zh-hans"]
