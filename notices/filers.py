"""Who a filer is, over all their notices: the account they signed in with, and the address they gave."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from notices.models import Case, Notice, NotifierSanction
from notices.states import SanctionLevel, SanctionState


@dataclass(frozen=True)
class Filer:
    """One filer. Whoever gave neither account nor address cannot be known again."""

    account_id: UUID | None
    email: str

    @property
    def known(self) -> bool:
        """Whether other notices of theirs could be found."""
        return bool(self.account_id or self.email)

    def on(self, account: str, email: str) -> Q:
        """Rows of this filer, by the names of the two fields; none when they are not known."""
        found = Q(pk__in=[])
        if self.account_id:
            found |= Q(**{account: self.account_id})
        if self.email:
            found |= Q(**{f"{email}__iexact": self.email})
        return found


def filer_of(notice: Notice) -> Filer:
    """Who filed this notice."""
    return Filer(notice.account_id, notice.filer_email)


def cases_of(filer: Filer) -> QuerySet[Case]:
    """Every case this filer began, the latest first."""
    mine = filer.on("notice__account", "notice__filer_email")
    return Case.objects.filter(mine).order_by("-filed_at", "id")


def sanctions_of(filer: Filer) -> QuerySet[NotifierSanction]:
    """Every warning and suspension of this filer, the latest first."""
    mine = NotifierSanction.objects.filter(filer.on("account", "email"))
    return mine.select_related("case", "decided_by").order_by("-decided_at", "id")


def suspension_of(filer: Filer, now: datetime) -> NotifierSanction | None:
    """What bars this filer from filing at this moment, the longest one; None when they may file."""
    barring = sanctions_of(filer).filter(
        level=SanctionLevel.SUSPEND, state=SanctionState.IN_FORCE, until__gt=now
    )
    return barring.order_by("-until").first()
