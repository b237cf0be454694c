"""A page is in the language of whoever is signed in, and switching it is remembered."""

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.people import create_person
from users.languages import TAGS
from users.models import User
from users.roles import Role

pytestmark = pytest.mark.django_db
SECRET = "a long enough sentence"
QUEUE = "/desk/triage/"


@pytest.fixture
def wei(settings: LazySettings) -> User:
    """A reviewer who works in Chinese."""
    settings.STAFF_MFA_REQUIRED = False
    person = create_person("wei@house.example", "周维", [Role.REVIEWER], language="zh-Hans")
    person.set_password(SECRET)
    person.save()
    return person


def language_of(client: Client, address: str) -> str:
    """The language a page says it is in."""
    page = client.get(address, headers={"accept-language": "en"}).content.decode()
    return page.split('<html lang="')[1].split('"')[0]


def test_after_sign_in_the_desk_speaks_the_persons_language(client: Client, wei: User) -> None:
    assert language_of(client, "/accounts/login/") == "en"
    answer = client.post("/accounts/login/", {"login": wei.email, "password": SECRET}, follow=True)
    assert answer.redirect_chain[-1][0] == QUEUE
    assert answer["Content-Language"] == "zh-hans"
    assert language_of(client, QUEUE) == "zh-Hans"


def test_a_sign_in_that_leads_elsewhere_speaks_it_too(client: Client, wei: User) -> None:
    where = "/accounts/login/?next=/measures/"
    answer = client.post(where, {"login": wei.email, "password": SECRET}, follow=True)
    assert answer.redirect_chain[-1][0] == "/measures/"
    assert answer["Content-Language"] == "zh-hans"


def test_switching_is_stored_and_holds_in_every_browser(client: Client, wei: User) -> None:
    client.force_login(wei)
    answer = client.post("/language/", {"language": "en", "next": QUEUE})
    assert answer["Location"] == QUEUE
    assert User.objects.get(id=wei.id).language == "en"
    elsewhere = Client()
    elsewhere.force_login(wei)
    assert [language_of(client, QUEUE), language_of(elsewhere, QUEUE)] == ["en", "en"]


def test_a_language_there_is_not_changes_nothing(client: Client, wei: User) -> None:
    client.force_login(wei)
    assert client.post("/language/", {"language": "tlh"}).status_code == 302
    assert client.post("/language/").status_code == 302
    assert User.objects.get(id=wei.id).language == "zh-Hans"


def test_whoever_is_not_signed_in_switches_for_this_browser(client: Client, wei: User) -> None:
    client.post("/language/", {"language": "zh-hans"})
    assert language_of(client, "/") == "zh-Hans"
    assert language_of(Client(), "/") == "en"


def test_a_browser_stays_in_the_chosen_language_after_signing_out(
    client: Client, wei: User
) -> None:
    client.force_login(wei)
    client.post("/language/", {"language": "zh-hans", "next": QUEUE})
    client.post("/accounts/logout/")
    assert language_of(client, "/") == "zh-Hans"


@pytest.mark.parametrize(("code", "tag"), TAGS.items())
def test_a_new_account_keeps_the_language_it_was_opened_in(
    client: Client, code: str, tag: str
) -> None:
    client.post("/language/", {"language": code})
    form = {"email": "nora@firm.example", "password1": SECRET, "password2": SECRET}
    assert client.post("/accounts/signup/", form).status_code == 302
    assert User.objects.get(email="nora@firm.example").language == tag
    assert language_of(client, "/") == tag
