"""In Chinese the account pages say 您 to everybody, never 你."""

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.conftest import Cast
from users.services.people import choose_language

pytestmark = pytest.mark.django_db
FOR_EVERYBODY = ("login", "signup", "password/reset", "password/reset/done", "inactive")
FOR_PEOPLE = ("email", "password/change", "reauthenticate", "2fa", "2fa/totp/activate")


def shown(client: Client, place: str, **form: str) -> str:
    """The page at this place under /accounts/, or what is said to this form."""
    address = f"/accounts/{place}/"
    answer = client.post(address, form, follow=True) if form else client.get(address, follow=True)
    assert answer.status_code == 200
    assert answer["Content-Language"] == "zh-hans"
    return answer.content.decode()


def test_whoever_is_not_signed_in_is_spoken_to_with_courtesy(client: Client) -> None:
    client.post("/language/", {"language": "zh-hans"})
    rude = [place for place in FOR_EVERYBODY if "你" in shown(client, place)]
    assert rude == []
    weak = {"email": "nora@firm.example", "password1": "password", "password2": "passwor"}
    assert "你" not in shown(client, "signup", **weak)
    assert "你" not in shown(client, "login", login="nora@firm.example", password="x")


def test_whoever_is_signed_in_is_spoken_to_with_courtesy(
    client: Client, cast: Cast, settings: LazySettings
) -> None:
    settings.STAFF_MFA_REQUIRED = False
    choose_language(cast.tara, "zh-Hans")
    cast.tara.set_password("a long enough sentence")
    cast.tara.save()
    signed = {"login": cast.tara.email, "password": "a long enough sentence"}
    assert "你" not in shown(client, "login", **signed)
    rude = [place for place in FOR_PEOPLE if "你" in shown(client, place)]
    assert rude == []
    assert "你" not in shown(client, "2fa/totp/activate", code="000000")
