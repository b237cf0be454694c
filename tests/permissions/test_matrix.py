"""Every address, as everybody: nobody opens what is not theirs, and no address is forgotten."""

from typing import Any

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests.conftest import Cast
from tests.permissions import document
from tests.permissions.table import API, BY_ROLE, EVERY, HOLDERS, LINKS, ROLES, Answer, Row
from tests.permissions.world import World, build

# Roles open nothing that a link does not open: asked as some of each kind.
VISITORS = ("anonymous", "eve", "reviewer", "administrator")
JSON = {"api-notices", "api-measure-acknowledgement"}


@pytest.fixture
def world(cast: Cast, settings: LazySettings) -> World:
    settings.STAFF_MFA_REQUIRED = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return build(cast)


def answer_of(response: HttpResponseBase) -> Answer | int:
    if response.status_code == 302 and response["Location"].startswith("/accounts/login/"):
        return Answer.SIGN_IN
    told = {401: Answer.SIGN_IN, 403: Answer.NO, 404: Answer.HIDDEN}
    if response.status_code in {200, 201, 302, 400, 409, 422}:
        return Answer.YES
    return told.get(response.status_code, response.status_code)


def ask(world: World, row: Row, role: str, things: dict[str, Any]) -> HttpResponseBase:
    """Ask for an address as somebody; whatever that changes is undone."""
    client = Client(raise_request_exception=False)
    things = {**things, "held case": world.held.get(role, world.held["reviewer"])}
    arguments = {name: things[thing] for name, thing in (row.what or {}).items()}
    headers = {}
    with transaction.atomic():
        if row in API:
            if role in world.keys:
                headers = {"authorization": f"Bearer {world.keys[role]}"}
        elif (user := world.people[role]) is not None:
            client.force_login(user)
        more = {"content_type": "application/json"} if row.name in JSON else {}
        response = getattr(client, row.method)(
            reverse(row.name, kwargs=arguments or None), headers=headers, **more
        )
        if response.streaming:
            b"".join(response.streaming_content)  # type: ignore[attr-defined]
        transaction.set_rollback(True)
    return response


def test_the_table_names_every_address_once() -> None:
    names = [row.name for row in EVERY]
    assert sorted(names) == sorted(document.addresses())


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_what_the_table_says_and_nothing_else(world: World, role: str) -> None:
    wrong = {}
    for row in BY_ROLE:
        found = answer_of(ask(world, row, role, world.things))
        if found != row.who[role]:
            wrong[row.name] = f"{found}, not {row.who[role]}"
    assert wrong == {}


@pytest.mark.parametrize("visitor", VISITORS)
def test_a_link_opens_its_own_case_whoever_holds_it_and_no_other(
    world: World, visitor: str
) -> None:
    wrong = {}
    for row in LINKS:
        for holder in HOLDERS:
            response = ask(world, row, visitor, world.things | world.links[holder])
            found = answer_of(response)
            if found != row.who[holder]:
                wrong[row.name, holder] = f"{found}, not {row.who[holder]}"
            elif holder != "own link" and world.things["case"].encode() in _content(response):
                wrong[row.name, holder] = "tells of the other case"
    assert wrong == {}


def _content(response: HttpResponseBase) -> bytes:
    return b"" if response.streaming else response.content  # type: ignore[attr-defined]


def test_the_permissions_are_written_down_as_they_are() -> None:
    assert document.PLACE.read_text(encoding="utf-8") == document.markdown()
