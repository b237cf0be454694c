"""A key that was revoked opens nothing any more."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from common.clock import now
from evidence.models import LedgerEntry
from tests.conftest import Cast
from tests.people import issue_token

pytestmark = pytest.mark.django_db


def answer(client: Client, key: str) -> int:
    """What the API says to this key."""
    return client.get(reverse("api-queue"), headers={"authorization": f"Bearer {key}"}).status_code


def test_the_api_answers_401_to_a_revoked_key_and_goes_on_with_the_others(
    client: Client, cast: Cast
) -> None:
    first, again, other = (
        issue_token(cast.tara, name, now=now()) for name in ("feed", "feed", "report")
    )
    assert [answer(client, key) for key in (first, again, other)] == [200, 200, 200]
    said = StringIO()
    call_command("revoke_token", "tara@house.example", "feed", stdout=said)
    assert said.getvalue().startswith("Revoked: 2.")
    assert [answer(client, key) for key in (first, again, other)] == [401, 401, 200]
    assert LedgerEntry.objects.filter(event="token.revoked", chain_id=cast.tara.id).count() == 2


def test_without_a_name_the_command_lists_the_keys(cast: Cast) -> None:
    issue_token(cast.tara, "feed", now=now())
    issue_token(cast.tara, "report", now=now() + timedelta(seconds=1))
    said = StringIO()
    call_command("revoke_token", "tara@house.example", stdout=said)
    assert [line.split(" (")[0] for line in said.getvalue().splitlines()] == ["feed", "report"]


def test_a_name_there_is_not_is_answered_with_the_names_there_are(cast: Cast) -> None:
    issue_token(cast.tara, "feed", now=now())
    with pytest.raises(CommandError, match="Keys of this person: feed"):
        call_command("revoke_token", "tara@house.example", "fed")


def test_the_keys_of_somebody_whose_account_is_closed_can_be_revoked_too(cast: Cast) -> None:
    issue_token(cast.tara, "feed", now=now())
    cast.tara.is_active = False
    cast.tara.save(update_fields=["is_active"])
    call_command("revoke_token", "tara@house.example", "feed", stdout=StringIO())
    assert LedgerEntry.objects.filter(event="token.revoked").count() == 1
