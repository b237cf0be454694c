"""What people may be. One person may hold several roles; the affected user needs no account."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Roles, and what each is there for (docs/permissions.md has the whole matrix)."""

    FILER = "filer", _("Right holder")
    RESPONDENT = "respondent", _("Affected user")
    REVIEWER = "reviewer", _("Reviewer")
    APPROVER = "approver", _("Approver")
    LEGAL = "legal", _("Legal")
    ENGINEER = "engineer", _("Engineer")
    ADMINISTRATOR = "administrator", _("Administrator")


# The operator's own people: they see cases, and they need a second factor.
STAFF = frozenset({Role.REVIEWER, Role.APPROVER, Role.LEGAL, Role.ENGINEER, Role.ADMINISTRATOR})
# Those who work a queue of cases. An engineer sees measures, an administrator accounts, neither a case's people.
CASEWORKERS = frozenset({Role.REVIEWER, Role.APPROVER, Role.LEGAL})
