"""Whom a case concerns on the platform."""

from notices.models import Case, ClaimedItem
from platforms.models import PlatformUser


def affected_by(case: Case) -> list[PlatformUser]:
    """The owners of everything complained of, whatever its outcome."""
    items = ClaimedItem.objects.filter(notice__case=case).exclude(artefact__owner=None)
    owners = items.order_by().values("artefact__owner")
    return list(PlatformUser.objects.filter(id__in=owners).order_by("external_id"))
