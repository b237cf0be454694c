"""The fixed cast's ledger: a case, a moment, an actor, a storage folder of its own."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from common.actors import Actor
from evidence.chain import Chain, case_chain

AT = datetime(2026, 3, 2, 9, 30, 0, 250, tzinfo=UTC)
TARA = Actor("staff", "0b6d5f1e-6a3c-4d6e-9c43-1f6f1c3f8a01")


@pytest.fixture
def chain() -> Chain:
    """The chain of a case nobody else has."""
    return case_chain(uuid.uuid4())


@pytest.fixture
def storage_folder(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """Sealed files lie here during the test."""
    settings.STORAGE_URL = tmp_path.as_uri()
    return tmp_path


def picture(colour: str = "red", kind: str = "PNG") -> bytes:
    """A small real picture."""
    target = BytesIO()
    Image.new("RGB", (40, 30), colour).save(target, kind)
    return target.getvalue()
