"""The views of the list of clocks: which clocks each holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from deadlines.states import Owes, State
from notices.models import Case
from users.models import User

Filter = Callable[[User], Q]


@dataclass(frozen=True)
class ClockView:
    """One view of the list: its key in the address, its name, and what is in it."""

    key: str
    title: Promise
    only: Filter


def concerns(user: User) -> Q:
    """Clocks that this person has to see to: their own, those of cases they hold, and those of nobody."""
    theirs = Case.objects.filter(Q(claimed_by=user) | Q(claimed_by=None)).values("id")
    return Q(owner_id=user.id) | Q(owner_id=None, case_id__in=theirs)


def _needs_somebody(user: User) -> Q:
    warned = Q(state=State.RUNNING, warned_at__isnull=False)
    stuck = Q(state=State.RUNNING, alarmed_at__isnull=False)
    return concerns(user) & (warned | stuck | Q(state=State.BREACHED))


CLOCK_VIEWS: Final[Mapping[str, ClockView]] = {
    view.key: view
    for view in (
        ClockView("all", pgettext_lazy("clocks", "All"), lambda user: Q()),
        ClockView("mine", pgettext_lazy("clocks", "Need me"), _needs_somebody),
        ClockView("ours", _("Owed by us"), lambda user: Q(owes=Owes.PROVIDER)),
        ClockView("theirs", _("Owed by others"), lambda user: ~Q(owes=Owes.PROVIDER)),
        ClockView("provisional", _("Provisional"), lambda user: Q(provisional=True)),
        ClockView("paused", pgettext_lazy("clocks", "Paused"), lambda user: Q(state=State.PAUSED)),
        ClockView(
            "breached", pgettext_lazy("clocks", "Breached"), lambda user: Q(state=State.BREACHED)
        ),
        ClockView(
            "stuck",
            pgettext_lazy("clocks", "Stuck"),
            lambda user: Q(state=State.RUNNING, alarmed_at__isnull=False),
        ),
    )
}
