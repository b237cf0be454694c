"""Nobody fetches a case except through here: who may see what, decided in one place."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from common.errors import Forbidden, NotFound
from common.references import tidy
from notices.models import Case
from users.models import AccessLink, LinkPurpose, User
from users.roles import Role
from users.services.links import open_link

Person = User | AnonymousUser


def cases_for(person: Person) -> QuerySet[Case]:
    """The cases this person may see: caseworkers all, a right holder their own, anybody else none."""
    if not isinstance(person, User) or not person.is_active:
        return Case.objects.none()
    if person.is_caseworker:
        return Case.objects.all()
    if person.has_role(Role.FILER):
        return Case.objects.filter(notice__account=person)
    return Case.objects.none()


def case_for(person: Person, reference: str) -> Case:
    """The case with this reference. Raises NotFound alike for no such case and for one not to be seen."""
    case = cases_for(person).filter(reference=tidy(reference) or "").first()
    if case is None:
        raise NotFound(_("There is no such case, or it is not open to you."))
    return case


def case_by_link(token: str, purpose: LinkPurpose, *, now: datetime) -> tuple[Case, AccessLink]:
    """The case that a party's link opens, and the link. Raises NotFound."""
    link = open_link(token, purpose, now=now)
    if link is None:
        raise NotFound(_("This link does not open anything. Find your notice by its reference."))
    return Case.objects.get(id=link.case_id), link


def require_role(person: Person, *roles: str) -> User:
    """The person, if they hold one of these roles. Raises Forbidden."""
    if not isinstance(person, User) or not person.has_role(*roles):
        raise Forbidden(_("Your role does not allow this step."))
    return person
