"""How much a user has: asked of the platform, because a share needs its whole (DSA 23(3)(b))."""

from datetime import datetime
from uuid import UUID

from measures.models import UserVolume
from measures.rules import Family
from platforms.client import PlatformClient
from platforms.contract import PlatformError
from platforms.models import PlatformUser


def count_things(person_id: UUID, client: PlatformClient, now: datetime) -> int | None:
    """Ask the dry run what a sanction on this user would touch; outputs and versions are what they have.

    None, and nothing is stored, when the platform does not say: the share is then unknown. Asks the platform, so
    never inside a transaction.
    """
    person = PlatformUser.objects.get(id=person_id)
    try:
        told = client.preview(Family.USER_SANCTION, "user", person.external_id)
    except PlatformError:
        return None
    items = told.outputs + told.versions
    UserVolume.objects.update_or_create(
        platform_user=person, defaults={"items": items, "told_at": now}
    )
    return items
