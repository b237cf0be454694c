"""The desk's small moving parts: htmx from our own house, and nothing inline."""

from contextlib import closing

import pytest
from django.conf import LazySettings
from django.test import Client

from platforms.models import Platform
from tests.people import create_person
from users.roles import Role

pytestmark = pytest.mark.django_db


def test_the_queue_searches_as_one_types_and_without_javascript_too(
    client: Client, settings: LazySettings
) -> None:
    settings.STAFF_MFA_REQUIRED = False
    Platform.objects.create(slug="sandbox", name="Sandbox")
    client.force_login(create_person("tara@cast.example", "Tara", [Role.REVIEWER]))
    answer = client.get("/desk/all/?q=nothing-of-that-name")
    page = answer.content.decode()
    assert 'hx-select="#cases"' in page
    assert 'id="cases"' in page
    assert "nothing-of-that-name" in page
    assert "/static/django_htmx/htmx-2.min.js" in page
    assert "'unsafe-" not in answer["Content-Security-Policy"]
    with closing(client.get("/static/django_htmx/htmx-2.min.js")) as script:
        assert script.status_code == 200
