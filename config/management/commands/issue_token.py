"""A key for the API."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from common.actors import SETUP
from common.clock import now
from config.accounts import person_with
from users.services.people import issue_token


class Command(BaseCommand):
    """`manage.py issue_token EMAIL NAME`: prints a new key, once."""

    help = "Issue an API key to the person with this e-mail address."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose key, and what it is for."""
        parser.add_argument("email")
        parser.add_argument("name", help="what the key is for")

    def handle(self, *args: Any, **options: Any) -> None:
        """Issue the key and print it."""
        user = person_with(options["email"])
        self.stdout.write(issue_token(user, options["name"], by=SETUP, now=now()))
