"""Whoever gets an account, a role or a key, or loses one, is written into the ledger, or it does not happen."""

from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from common.actors import SETUP, staff
from common.clock import now
from common.errors import Conflict
from evidence import ledger
from evidence.chain import Chain
from evidence.selectors import entries
from tests.conftest import Cast
from tests.database import Clock
from tests.people import create_person
from users.models import AccessToken, User
from users.roles import Role
from users.services import people

pytestmark = pytest.mark.django_db


def told(user: User) -> list[tuple[str, str, dict[str, Any]]]:
    """What the person's chain says after the account was opened."""
    return [(e.event, e.actor, e.facts) for e in entries(Chain("person", user.id))][1:]


def test_opening_an_account_is_ledgered_without_a_word_of_personal_text() -> None:
    moment = now()
    user = people.create_person(
        "mo@house.example", "Mo", [Role.LEGAL, Role.APPROVER], by=SETUP, now=moment
    )
    (entry,) = entries(Chain("person", user.id))
    assert (entry.event, entry.actor, entry.at) == ("person.created", "system:setup", moment)
    assert entry.facts == {"roles": ["approver", "legal"], "language": "en"}


def test_a_person_who_opens_their_own_account_is_its_actor(client: Client) -> None:
    secret = "a long enough sentence"
    form = {"email": "nora@firm.example", "password1": secret, "password2": secret}
    assert client.post("/accounts/signup/", form).status_code == 302
    user = User.objects.get(email="nora@firm.example")
    (entry,) = entries(Chain("person", user.id))
    assert (entry.event, entry.actor) == ("person.created", f"person:{user.id}")
    assert entry.facts == {"roles": ["filer"], "language": "en"}


def test_roles_given_and_taken_are_ledgered(cast: Cast) -> None:
    people.grant_role(cast.tara, "approver", by=staff(cast.ada.id), now=now())
    assert people.remove_role(cast.tara, "reviewer", by=SETUP, now=now()).roles == ["approver"]
    assert told(cast.tara) == [
        ("role.granted", f"staff:{cast.ada.id}", {"role": "approver"}),
        ("role.removed", "system:setup", {"role": "reviewer"}),
    ]


def test_a_role_is_neither_given_nor_taken_twice(cast: Cast) -> None:
    with pytest.raises(Conflict, match="holds that role already"):
        people.grant_role(cast.tara, "reviewer", by=SETUP, now=now())
    with pytest.raises(Conflict, match="does not hold that role"):
        people.remove_role(cast.tara, "legal", by=SETUP, now=now())
    with pytest.raises(ValueError, match="king"):
        people.grant_role(cast.tara, "king", by=SETUP, now=now())
    assert told(cast.tara) == []


def test_keys_given_and_revoked_are_ledgered_without_the_key(cast: Cast) -> None:
    secret = people.issue_token(cast.eve, "Eve's feed", by=SETUP, now=now())
    token = AccessToken.objects.get(user=cast.eve)
    people.revoke_token(token, by=staff(cast.ada.id), now=now())
    assert told(cast.eve) == [
        ("token.issued", "system:setup", {"token": str(token.id)}),
        ("token.revoked", f"staff:{cast.ada.id}", {"token": str(token.id)}),
    ]
    assert secret not in str(told(cast.eve))
    with pytest.raises(Conflict, match="revoked already"):
        people.revoke_token(token, by=SETUP, now=now())


def test_what_cannot_be_ledgered_does_not_happen(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_more: object) -> None:
        raise OSError("full")

    monkeypatch.setattr(ledger, "append", full)
    with pytest.raises(OSError, match="full"):
        people.grant_role(cast.tara, "legal", by=SETUP, now=now())
    with pytest.raises(OSError, match="full"):
        people.issue_token(cast.tara, "tests", by=SETUP, now=now())
    assert User.objects.get(id=cast.tara.id).roles == ["reviewer"]
    assert not AccessToken.objects.exists()


def test_the_commands_give_and_take_roles(cast: Cast) -> None:
    call_command("grant_role", "TARA@house.example", "legal", stdout=StringIO())
    said = StringIO()
    call_command("remove_role", "tara@house.example", "reviewer", stdout=said)
    assert said.getvalue() == "Tara no longer holds the role reviewer.\n"
    assert User.objects.get(id=cast.tara.id).roles == ["legal"]
    with pytest.raises(CommandError, match="holds that role already"):
        call_command("grant_role", "tara@house.example", "legal")
    with pytest.raises(CommandError, match="nobody with this address"):
        call_command("grant_role", "nobody@house.example", "legal")


def test_there_is_no_way_round_the_ledger_by_a_superuser() -> None:
    told = {"email": "root@house.example", "name": "Root", "interactive": False}
    with pytest.raises(CommandError, match="create_person"):
        call_command("createsuperuser", **told)
    assert not User.objects.exists()


def test_accounts_are_as_old_as_the_database_says(client: Client, clock: Clock) -> None:
    moment = datetime(2031, 5, 6, 7, 8, tzinfo=UTC)
    clock.set(moment)
    assert create_person("mo@house.example", "Mo", ["legal"]).created_at == moment
    secret = "a long enough sentence"
    form = {"email": "nora@firm.example", "password1": secret, "password2": secret}
    assert client.post("/accounts/signup/", form).status_code == 302
    assert set(User.objects.values_list("created_at", flat=True)) == {moment}
