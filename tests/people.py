"""People and keys as the tests make them: by the house itself, at the time the database tells."""

from collections.abc import Sequence
from datetime import datetime

from common.actors import SETUP
from common.clock import now
from users.models import User
from users.services import people


def create_person(email: str, name: str, roles: Sequence[str], *, language: str = "en") -> User:
    """Somebody with an account and these roles."""
    return people.create_person(email, name, roles, by=SETUP, now=now(), language=language)


def issue_token(user: User, name: str, *, now: datetime) -> str:
    """A key of this person."""
    return people.issue_token(user, name, by=SETUP, now=now)
