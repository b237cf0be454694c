"""An account for one of the operator's own people."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.actors import SETUP
from common.clock import now
from users.languages import CODES
from users.models import User
from users.roles import Role
from users.services.people import create_person


class Command(BaseCommand):
    """`manage.py create_person EMAIL NAME ROLE…`: they set their password by the reset page."""

    help = "Create a person with these roles."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, and what they may do."""
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("roles", nargs="+", choices=Role.values)
        parser.add_argument("--language", choices=list(CODES), default="en")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create the account."""
        if User.objects.filter(email__iexact=options["email"]).exists():
            raise CommandError("There is an account with this address already.")
        create_person(
            options["email"],
            options["name"],
            options["roles"],
            by=SETUP,
            now=now(),
            language=options["language"],
        )
        self.stdout.write(f"{options['name']} can set a password at /accounts/password/reset/.")
