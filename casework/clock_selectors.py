"""Questions about the clocks of every case that a person may see."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Count, QuerySet

from casework.clock_filters import CLOCK_VIEWS, ClockView
from deadlines.models import Deadline
from deadlines.states import OPEN
from notices.access import cases_for
from notices.models import Case
from users.models import User

PAGE: Final = 50


@dataclass(frozen=True)
class ClockRow:
    """One clock, its case, and who sees to it: its owner, else who holds the case; None for nobody."""

    clock: Deadline
    case: Case
    owner: User | None


@dataclass(frozen=True)
class ClockPage:
    """One page of a view, the nearest end first, and whether there is more."""

    view: ClockView
    rows: tuple[ClockRow, ...]
    page: int
    more: bool


def open_clocks(user: User) -> QuerySet[Deadline]:
    """Every open clock of the cases this person may see."""
    return Deadline.objects.filter(state__in=OPEN, case_id__in=cases_for(user).values("id"))


def clocks_for(user: User, view: ClockView, *, page: int) -> ClockPage:
    """One page of a view. Three queries, whatever the number of clocks."""
    first = (page - 1) * PAGE
    found = open_clocks(user).filter(view.only(user)).order_by("due_at", "id")
    shown = list(found[first : first + PAGE + 1])
    return ClockPage(view, _rows(shown[:PAGE]), page, len(shown) > PAGE)


def clock_counts(user: User) -> dict[str, int]:
    """How many clocks each view holds, in one query."""
    counts = {key: Count("id", filter=view.only(user)) for key, view in CLOCK_VIEWS.items()}
    found = open_clocks(user).aggregate(**{f"in_{key}": count for key, count in counts.items()})
    return {key: found[f"in_{key}"] for key in CLOCK_VIEWS}


def clocks_needing(user: User) -> QuerySet[Deadline]:
    """The clocks that wait for this person to see to them: warned about, late or stuck."""
    return open_clocks(user).filter(CLOCK_VIEWS["mine"].only(user))


def clock_for(user: User, id: UUID) -> ClockRow | None:
    """One clock, open or over, of a case this person may see."""
    row = Deadline.objects.filter(id=id, case_id__in=cases_for(user).values("id")).first()
    return _rows([row])[0] if row else None


def _rows(clocks: list[Deadline]) -> tuple[ClockRow, ...]:
    cases = Case.objects.select_related("claimed_by").in_bulk({clock.case_id for clock in clocks})
    owners = User.objects.in_bulk({clock.owner_id for clock in clocks if clock.owner_id})
    return tuple(
        ClockRow(
            clock=clock,
            case=cases[clock.case_id],
            owner=owners.get(clock.owner_id) if clock.owner_id else cases[clock.case_id].claimed_by,
        )
        for clock in clocks
    )
