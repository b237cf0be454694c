"""Staff set up a second factor before anything else opens; outside demo mode this is on by itself."""

import pytest
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.test import Client

from tests.people import create_person
from users.models import User
from users.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def tara(settings: LazySettings) -> User:
    """A reviewer without a second factor, where one is required."""
    settings.STAFF_MFA_REQUIRED = True
    return create_person("tara@cast.example", "Tara", [Role.REVIEWER])


def test_staff_without_one_are_led_to_set_it_up(client: Client, tara: User) -> None:
    client.force_login(tara)
    answer = client.get("/desk/triage/", follow=True)
    assert answer.redirect_chain[0][0] == "/accounts/2fa/totp/activate/"
    assert "Set up a second factor to open the desk." in answer.content.decode()


def test_the_page_that_sets_it_up_opens(client: Client, tara: User) -> None:
    client.force_login(tara)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 9_999_999_999}]
    session.save()
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200


def test_staff_with_one_work(client: Client, tara: User) -> None:
    Authenticator.objects.create(user=tara, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client.force_login(tara)
    assert client.get("/desk/triage/").status_code == 200


def test_right_holders_need_none(client: Client, settings: LazySettings) -> None:
    settings.STAFF_MFA_REQUIRED = True
    client.force_login(create_person("nora@cast.example", "Nora", [Role.FILER]))
    assert client.get("/").status_code == 200
