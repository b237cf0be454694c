"""Finding whom a command is about."""

from django.core.management.base import CommandError

from users.models import User


def person_with(email: str, *, closed: bool = False) -> User:
    """The person who signs in with this address. Raises CommandError when there is nobody.

    With `closed`, somebody whose account is closed is found as well.
    """
    people = User.objects.filter(email__iexact=email.strip())
    user = (people if closed else people.filter(is_active=True)).first()
    if user is None:
        raise CommandError("There is nobody with this address. Give the address they sign in with.")
    return user
