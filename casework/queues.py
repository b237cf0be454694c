"""The saved views of the desk: which cases each holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from deadlines.models import Deadline
from deadlines.states import State as ClockState
from notices.states import TRIAGE, CaseState, RegimeState
from users.models import User

Filter = Callable[[User, datetime], Q]


@dataclass(frozen=True)
class View:
    """One saved view: its address, its name and what is in it."""

    slug: str
    title: Promise
    only: Filter
    empty: Promise


def _overdue(user: User, now: datetime) -> Q:
    late = Deadline.objects.filter(
        Q(state=ClockState.BREACHED) | Q(state=ClockState.RUNNING, due_at__lte=now)
    )
    return Q(id__in=late.values("case_id"))


VIEWS: Final[Mapping[str, View]] = {
    view.slug: view
    for view in (
        View(
            "triage",
            _("To triage"),
            lambda user, now: Q(state__in=TRIAGE),
            _("Nothing to triage. New notices appear here the moment they are filed."),
        ),
        View(
            "mine",
            _("Mine"),
            lambda user, now: (
                Q(claimed_by=user)
                & Q(state__in=[*TRIAGE, CaseState.AWAITING_FILER, CaseState.ACCEPTED])
            ),
            _("You hold no case. Claim one from the queue."),
        ),
        View(
            "waiting-on-filer",
            _("Waiting on filer"),
            lambda user, now: Q(state=CaseState.AWAITING_FILER),
            _("Nobody owes us an answer."),
        ),
        View(
            "contested",
            _("Counter-notice"),
            lambda user, now: Q(regimes__state__in=[RegimeState.CONTESTED, RegimeState.WAITING]),
            _("No counter-notice is open."),
        ),
        View(
            "accepted",
            _("Measures taken"),
            lambda user, now: Q(state=CaseState.ACCEPTED),
            _("No case carries measures."),
        ),
        View(
            "overdue",
            _("Overdue"),
            _overdue,
            _("No clock has run out."),
        ),
        View(
            "all",
            _("All cases"),
            lambda user, now: Q(),
            _("No notice has been filed yet."),
        ),
    )
}
