"""How allauth behaves in this house."""

from typing import Final

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import get_language

from common import actors
from common.clock import now
from users.languages import TAGS
from users.models import User
from users.roles import Role
from users.services.people import record_new

NAME_LENGTH: Final = 200


class AccountAdapter(DefaultAccountAdapter):
    """Anybody may open an account, and then is a right holder; every other role is given by an administrator."""

    def save_user(
        self, request: HttpRequest, user: User, form: object, commit: bool = True
    ) -> User:
        """Store the new person with the one role that people may give themselves, and write it down."""
        user.created_at = moment = now()
        user.roles = [Role.FILER]
        user.language = TAGS.get(get_language() or "", "en")
        user.name = user.name or request.POST.get("email", "").partition("@")[0][:NAME_LENGTH]
        if not commit:
            unsaved: User = super().save_user(request, user, form, commit)
            return unsaved
        with transaction.atomic():
            saved: User = super().save_user(request, user, form, commit)
            record_new(saved, by=actors.person(saved.id), now=moment)
        return saved
