"""Giving people accounts, roles and keys."""

from collections.abc import Sequence
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from common.actors import Actor
from users.models import AccessToken, User
from users.tokens import digest, new_token


@transaction.atomic
def create_person(email: str, name: str, roles: Sequence[str], *, language: str = "en") -> User:
    """An account without a password; the person sets one through the reset page.

    Whoever creates it vouches for the address, so it counts as verified: staff could not set up
    their second factor otherwise.
    """
    user = User.objects.create_user(email, name=name, roles=list(roles), language=language)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def issue_token(user: User, name: str, *, now: datetime) -> str:
    """A new API key for a person. Shown this once; kept as a hash."""
    token = new_token()
    AccessToken.objects.create(user=user, name=name, token_hash=digest(token), created_at=now)
    return token


def revoke_token(token: AccessToken, *, now: datetime, by: Actor) -> None:
    """End a key at once."""
    AccessToken.objects.filter(id=token.id, revoked_at=None).update(revoked_at=now)
