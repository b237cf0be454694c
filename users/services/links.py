"""Handing out links and opening them."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from users.models import AccessLink, LinkPurpose
from users.tokens import digest, new_token

FIND_LIFETIME = timedelta(minutes=15)


def issue_link(
    purpose: LinkPurpose, *, case_id: UUID, now: datetime, party_id: UUID | None = None
) -> str:
    """A new token for one party's page of one case. Kept as a hash; cannot be shown again.

    A link of purpose FIND works once and for fifteen minutes; the others have no end, because a
    party must be able to come back for as long as the case is kept.
    """
    token = new_token()
    AccessLink.objects.create(
        token_hash=digest(token),
        purpose=purpose,
        case_id=case_id,
        party_id=party_id,
        created_at=now,
        expires_at=now + FIND_LIFETIME if purpose == LinkPurpose.FIND else None,
    )
    return token


def open_link(token: str, purpose: LinkPurpose, *, now: datetime) -> AccessLink | None:
    """The link behind a token, or None if there is none, it has ended or has been used."""
    live = Q(expires_at=None) | Q(expires_at__gt=now)
    return (
        AccessLink.objects.filter(live, token_hash=digest(token), purpose=purpose, used_at=None)
        .order_by()
        .first()
    )


def use_once(token: str, *, now: datetime) -> AccessLink | None:
    """Open a single-use link and spend it in the same statement; None if somebody was quicker."""
    link = open_link(token, LinkPurpose.FIND, now=now)
    if link is None:
        return None
    won = AccessLink.objects.filter(id=link.id, used_at=None).update(used_at=now)
    return link if won else None
