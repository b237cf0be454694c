"""Keys for the cast."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from common.clock import now
from platforms.models import Platform
from tests.people import create_person, issue_token
from users.roles import Role


@pytest.fixture
def platform(db: None, settings: object) -> Platform:
    """The platform the operator runs."""
    return Platform.objects.create(slug="sandbox", name="Sandbox")


@pytest.fixture
def key(db: None) -> Callable[..., APIClient]:
    """A client with the key of a new person in these roles."""

    def make(name: str, *roles: Role) -> APIClient:
        person = create_person(f"{name}@cast.example", name, roles)
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {issue_token(person, 'test', now=now())}")
        return client

    return make
