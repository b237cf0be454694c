"""The end of a key for the API."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from common.actors import SETUP
from common.clock import now
from common.errors import Conflict
from config.accounts import person_with
from users.models import AccessToken
from users.services.people import live_tokens, revoke_token


class Command(BaseCommand):
    """`manage.py revoke_token EMAIL NAME`: ends every key of that name; without NAME, lists the names."""

    help = "Revoke the API keys of that name; without a name, list the keys of the person."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose key, and the name under which it was issued."""
        parser.add_argument("email")
        parser.add_argument("name", nargs="?", help="the name it was issued under")

    def handle(self, *args: Any, **options: Any) -> None:
        """Revoke and say how many, or list."""
        keys = live_tokens(person_with(options["email"], closed=True))
        if options["name"] is None:
            for key in keys:
                self.stdout.write(f"{key.name} (issued {key.created_at:%Y-%m-%d %H:%M} UTC)")
            return
        named = [key for key in keys if key.name == options["name"]]
        if not named:
            known = ", ".join(sorted({key.name for key in keys})) or "none"
            raise CommandError(f"There is no such key. Keys of this person: {known}.")
        self._revoke(named)
        self.stdout.write(f"Revoked: {len(named)}. The API answers them with 401 from now on.")

    @transaction.atomic
    def _revoke(self, keys: list[AccessToken]) -> None:
        moment = now()
        try:
            for key in keys:
                revoke_token(key, by=SETUP, now=moment)
        except Conflict as refusal:
            raise CommandError(refusal.message) from refusal
