"""What a filer signs, and sees of what the other side sees, follows the law in force, not the newest file."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings

from notices.forms.sign import statements
from notices.models import Draft
from notices.presenters.draft_preview import draft_preview
from regimes.shelf import SHIPPED

CN = "cn-civil-code"
BEFORE = datetime(2026, 12, 31, 15, 59, tzinfo=UTC)  # 23:59 in Beijing
SINCE = datetime(2026, 12, 31, 16, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _law_of_2027(tmp_path: Path, settings: LazySettings) -> None:
    """From 2027 another statement is asked for, and the name of the filer is shown under another label."""
    settings.PACKS_DIR, settings.REGIMES = str(tmp_path), [CN]
    text = (SHIPPED / CN / "2026.1.toml").read_text(encoding="utf-8")
    text = text.replace('version = "2026.1"', 'version = "2027.1"', 1)
    text = text.replace('effective_from = "2021-01-01"', 'effective_from = "2027-01-01"', 1)
    head, rest = text.split('key = "truth_statement"', 1)
    text = f'{head}key = "oath"{rest}'.replace('en = "Filer\'s name"', 'en = "Who complains"')
    (tmp_path / CN).mkdir()
    (tmp_path / CN / "2027.1.toml").write_text(text, encoding="utf-8")


def test_the_statements_are_those_of_the_law_in_force_at_that_moment() -> None:
    assert "truth_statement" in {one.key for one in statements(BEFORE)}
    assert "oath" not in {one.key for one in statements(BEFORE)}
    assert "oath" in {one.key for one in statements(SINCE)}


def test_the_preview_of_the_other_sides_view_follows_it_too() -> None:
    draft = Draft(answers={"you": {"filer_name": ["Nora"]}})

    def labels(at: datetime) -> set[str]:
        return {one.label for one in draft_preview(draft, "en", at)}

    assert "Who complains" not in labels(BEFORE)
    assert "Who complains" in labels(SINCE)
