"""The people of the demo. Nobody here has a password: demo mode signs them in by one click."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from common.actors import SETUP
from users.models import User
from users.roles import Role
from users.services.people import create_person

DOMAIN: Final = "demo.example"


@dataclass(frozen=True)
class DemoPerson:
    """One person of the demo, and the roles they hold."""

    key: str
    name: str
    language: str
    roles: tuple[str, ...]

    @property
    def email(self) -> str:
        """Their address, under a domain that cannot exist."""
        return f"{self.key}@{DOMAIN}"


PEOPLE: Final = (
    DemoPerson("lin", "林晓雨", "zh-Hans", (Role.FILER,)),
    DemoPerson("agent", "Northlight Agency", "en", (Role.FILER,)),
    DemoPerson("tara", "Tara Quist", "en", (Role.REVIEWER,)),
    DemoPerson("wei", "周维", "zh-Hans", (Role.REVIEWER,)),
    DemoPerson("dan", "Dan Abara", "en", (Role.REVIEWER, Role.APPROVER)),
    DemoPerson("lea", "Lea Fontaine", "en", (Role.LEGAL,)),
    DemoPerson("eno", "Eno Duarte", "en", (Role.ENGINEER,)),
    DemoPerson("ada", "Ada Moreau", "en", (Role.ADMINISTRATOR,)),
)


def create_people(now: datetime) -> int:
    """Create whoever is missing; how many that were."""
    created = 0
    for person in PEOPLE:
        if not User.objects.filter(email=person.email).exists():
            create_person(
                person.email,
                person.name,
                person.roles,
                by=SETUP,
                now=now,
                language=person.language,
            )
            created += 1
    return created
