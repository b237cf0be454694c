"""A role less for somebody."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.actors import SETUP
from common.clock import now
from common.errors import Conflict
from config.accounts import person_with
from users.roles import Role
from users.services.people import remove_role


class Command(BaseCommand):
    """`manage.py remove_role EMAIL ROLE`: it ends with their next request."""

    help = "Take a role from the person with this e-mail address."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose role, and which."""
        parser.add_argument("email")
        parser.add_argument("role", choices=Role.values)

    def handle(self, *args: Any, **options: Any) -> None:
        """Change the roles and say what the person holds now."""
        try:
            user = remove_role(person_with(options["email"]), options["role"], by=SETUP, now=now())
        except Conflict as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(f"{user.name} no longer holds the role {options['role']}.")
