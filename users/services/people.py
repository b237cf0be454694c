"""Giving people accounts, roles and keys, and taking them back. Each is written into the person's own chain."""

from collections.abc import Sequence
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from common.actors import Actor
from common.errors import Conflict
from common.transactions import lock
from evidence import ledger
from evidence.chain import Chain, Fact
from users.languages import CODES
from users.models import AccessToken, User
from users.roles import Role
from users.tokens import digest, new_token


@transaction.atomic
def create_person(
    email: str,
    name: str,
    roles: Sequence[str],
    *,
    by: Actor,
    now: datetime,
    language: str = "en",
) -> User:
    """An account without a password; the person sets one through the reset page.

    Whoever creates it vouches for the address, so it counts as verified: staff could not set up
    their second factor otherwise. Ledger: person.created. Raises ValueError for a role there is not.
    """
    held = [str(Role(role)) for role in roles]
    user = User.objects.create_user(email, name=name, roles=held, language=language, created_at=now)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    record_new(user, by=by, now=now)
    return user


def record_new(user: User, *, by: Actor, now: datetime) -> None:
    """Write down that an account was opened, within the transaction that opens it."""
    facts: dict[str, Fact] = {"roles": sorted(user.roles), "language": user.language}
    ledger.append(_chain(user), "person.created", actor=by, at=now, facts=facts)


@transaction.atomic
def grant_role(user: User, role: str, *, by: Actor, now: datetime) -> User:
    """Give a person one role more. Ledger: role.granted. Returns the person as stored.

    Raises Conflict when they hold it already, and ValueError for a role there is not.
    """
    found, role = _held(user), str(Role(role))
    if role in found.roles:
        raise Conflict(_("This person holds that role already."))
    return _store(found, [*found.roles, role], "role.granted", role, by, now)


@transaction.atomic
def remove_role(user: User, role: str, *, by: Actor, now: datetime) -> User:
    """Take a role from a person; it ends with their next request. Ledger: role.removed.

    Raises Conflict when they do not hold it, and ValueError for a role there is not.
    """
    found, role = _held(user), str(Role(role))
    if role not in found.roles:
        raise Conflict(_("This person does not hold that role."))
    kept = [one for one in found.roles if one != role]
    return _store(found, kept, "role.removed", role, by, now)


@transaction.atomic
def issue_token(user: User, name: str, *, by: Actor, now: datetime) -> str:
    """A new API key for a person. Shown this once; kept as a hash. Ledger: token.issued."""
    secret = new_token()
    token = AccessToken.objects.create(
        user=user, name=name, token_hash=digest(secret), created_at=now
    )
    facts: dict[str, Fact] = {"token": str(token.id)}
    ledger.append(_chain(user), "token.issued", actor=by, at=now, facts=facts)
    return secret


def choose_language(user: User, tag: str) -> None:
    """The person is spoken to in this language (`en`, `zh-Hans`) from now on. Raises ValueError for another."""
    if tag not in CODES:
        raise ValueError(tag)
    User.objects.filter(id=user.id).update(language=tag)
    user.language = tag


def live_tokens(user: User) -> list[AccessToken]:
    """The keys of a person that have not been revoked, the oldest first."""
    mine = AccessToken.objects.filter(user=user, revoked_at=None)
    return list(mine.order_by("created_at", "id"))


@transaction.atomic
def revoke_token(token: AccessToken, *, by: Actor, now: datetime) -> None:
    """End a key at once. Ledger: token.revoked. Raises Conflict when it has been revoked before."""
    if not AccessToken.objects.filter(id=token.id, revoked_at=None).update(revoked_at=now):
        raise Conflict(_("This key has been revoked already."))
    facts: dict[str, Fact] = {"token": str(token.id)}
    ledger.append(Chain("person", token.user_id), "token.revoked", actor=by, at=now, facts=facts)


def _chain(user: User) -> Chain:
    return Chain("person", user.id)


def _held(user: User) -> User:
    """The person as stored, ours alone until the transaction ends."""
    lock("person", user.id)
    return User.objects.get(id=user.id)


def _store(user: User, roles: list[str], event: str, role: str, by: Actor, now: datetime) -> User:
    user.roles = roles
    user.save(update_fields=["roles"])
    ledger.append(_chain(user), event, actor=by, at=now, facts={"role": role})
    return user
