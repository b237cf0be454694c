"""Finding whom a command is about."""

from django.core.management.base import CommandError

from users.models import User


def person_with(email: str) -> User:
    """The person who signs in with this address. Raises CommandError when there is nobody."""
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is None:
        raise CommandError("There is nobody with this address. Give the address they sign in with.")
    return user
