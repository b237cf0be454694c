"""The house of a story: our own process against the real sandbox, clock and worker in the test's hands."""

from pathlib import Path

import pytest
from django.conf import LazySettings

from platforms.models import Platform
from tests.conftest import Cast
from tests.database import Clock
from tests.journeys.house import House, beijing
from tests.journeys.people import Nora, Paul, Staff
from tests.journeys.plot import People
from tests.journeys.worker import Work
from tests.sandbox_process import KEY, SandboxProcess, sandbox, sandbox_server

__all__ = ["sandbox", "sandbox_server"]


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    """The worker, cranked by hand."""
    made = Work()
    monkeypatch.setattr("common.jobs._send", made.take)
    return made


@pytest.fixture
def house(
    committed_db: None,
    clock: Clock,
    work: Work,
    sandbox: SandboxProcess,
    settings: LazySettings,
    tmp_path: Path,
) -> House:
    """The installation on the morning of 1 September 2026."""
    settings.PLATFORM_URL, settings.PLATFORM_KEY = sandbox.url, KEY
    settings.PUBLIC_URL = "http://testserver"
    settings.EMAIL_URL = (tmp_path / "mail").as_uri()
    settings.REGIMES = ["cn-civil-code"]
    settings.STAFF_MFA_REQUIRED = False
    Platform.objects.create(slug=settings.PLATFORM_SLUG, name="Sandbox")
    clock.set(beijing("2026-09-01 09:00:00"))
    return House(clock, work, sandbox, tmp_path / "mail")


@pytest.fixture
def people(house: House, cast: Cast) -> People:
    """Everybody of the stories, each at a browser of their own."""
    staff = {name: Staff(house, getattr(cast, name)) for name in ("tara", "dan", "lea")}
    return People(house=house, nora=Nora(house), paul=Paul(house), **staff)
