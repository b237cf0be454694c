"""A platform to file about, and Nora at the door of the portal."""

import pytest
from django.conf import LazySettings
from django.test import Client

from platforms.models import Platform
from tests.notices.portal import Walker
from tests.people import create_person
from users.models import User


@pytest.fixture
def platform(db: None, settings: LazySettings) -> Platform:
    settings.REGIMES = ["cn-civil-code", "us-dmca-512"]
    return Platform.objects.create(slug=settings.PLATFORM_SLUG, name="Sandbox")


@pytest.fixture
def nora(client: Client, platform: Platform) -> Walker:
    return Walker(client).start()


@pytest.fixture
def tara(db: None) -> User:
    return create_person("tara@house.example", "Tara", ["reviewer"])
