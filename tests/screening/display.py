"""Texts for tests, and the bare guard that shows them."""

import uuid
from datetime import timedelta
from typing import Any

from screening.display_rules import NewText
from screening.rules import TermText
from screening.states import TextKind
from tests.screening.asking import NOW

WORDS = {"en": "Do not ask for protected characters.", "zh-Hans": "请勿要求生成受保护的角色。"}
TERMS = [TermText("Fox Spirit", "en"), TermText("狐灵", "zh-Hans")]
CASE_ID = uuid.UUID("6f1c8c0a-3a38-4d0e-9d3e-0d2d3f6e7a11")


def new_text(**changes: Any) -> NewText:
    """A text of the kind asked for, whole: a disclaimer before use unless another is."""
    kind = changes.get("kind", TextKind.PRE_USE)
    given: dict[str, Any] = {
        "kind": kind,
        "title": "Before use",
        "texts": WORDS,
        "in_force_from": NOW - timedelta(days=1),
    }
    if kind in {TextKind.NOTICE, TextKind.RULING}:
        given |= {"terms": TERMS}
    if kind is TextKind.NOTICE:
        given |= {"case_id": CASE_ID, "case_reference": "N-2026-000001-K"}
    if kind is TextKind.RULING:
        given |= {"source": "Guangzhou Internet Court, (2024) Yue 0192 Min Chu 113"}
    return NewText(**(given | changes))
