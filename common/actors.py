"""Who does a thing. An actor's key goes into the ledger and never holds personal text."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Actor:
    """`kind` is one of staff, person, filer, respondent, platform, system; `id` is a UUID or a name of ours."""

    kind: str
    id: str

    @property
    def key(self) -> str:
        """What the ledger stores, for example `staff:0b6d…` or `system:sweep`."""
        return f"{self.kind}:{self.id}"


SWEEP = Actor("system", "sweep")
WORKER = Actor("system", "worker")
SETUP = Actor("system", "setup")


def staff(user_id: UUID) -> Actor:
    """Somebody of the operator's own people."""
    return Actor("staff", str(user_id))


def person(user_id: UUID) -> Actor:
    """A signed-in person from outside."""
    return Actor("person", str(user_id))


def filer(notice_id: UUID) -> Actor:
    """The right holder, or their agent, acting by the link of their own notice."""
    return Actor("filer", str(notice_id))


def respondent(platform_user_id: UUID) -> Actor:
    """The affected user, acting by a signed link."""
    return Actor("respondent", str(platform_user_id))
