"""People with an account, their firms, their keys, and the links that stand in for an account."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from users.roles import CASEWORKERS, STAFF, Role


class Organisation(models.Model):
    """A filer's firm: the agency or studio that several people file for."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField()


class People(BaseUserManager["User"]):
    """Makes users; there is no superuser, only roles."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user with this address; without a password they cannot sign in by one."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Refused with ValidationError: an account is opened by a service, which writes the ledger."""
        raise ValidationError("Use manage.py create_person EMAIL NAME administrator instead.")


class User(AbstractBaseUser):
    """A person with an account. What they may do follows from their roles alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("E-mail address"), unique=True)
    name = models.CharField(_("Name"), max_length=200)
    language = models.CharField(max_length=10, default="en")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices), default=list)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    def has_role(self, *roles: str) -> bool:
        """Whether the person holds any of these roles and the account is open."""
        return self.is_active and not set(roles).isdisjoint(self.roles)

    @property
    def is_staff(self) -> bool:
        """One of the operator's own people."""
        return self.has_role(*STAFF)

    @property
    def is_caseworker(self) -> bool:
        """One of those who work the queue."""
        return self.has_role(*CASEWORKERS)


class AccessToken(models.Model):
    """A key for the API. Shown once, stored as a hash, revoked rather than deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)


class LinkPurpose(models.TextChoices):
    """What a link opens."""

    TRACK = "track", _("The filer's page of a case")
    ANSWER = "answer", _("The affected user's page of a case")
    FIND = "find", _("Finding a notice again, once")


class AccessLink(models.Model):
    """A signed link: opens one party's page of one case, for whoever holds it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=10, choices=LinkPurpose.choices)
    # A case stands above this room, so its id is kept and no key.
    case_id = models.UUIDField(db_index=True)
    party_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
