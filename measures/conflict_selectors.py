"""Reading conflicts of laws."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from common.errors import NotFound
from measures.models import MeasureGround, RegimeConflict
from measures.selectors import measures_touching
from notices.access import cases_for
from notices.models import CaseRegime
from platforms.models import PlatformUser
from users.models import User


def one_conflict(case_id: UUID, id: UUID) -> RegimeConflict:
    """This conflict of this case. Raises NotFound."""
    found = conflicts_of_case(case_id).filter(id=id).first()
    if found is None:
        raise NotFound(_("There is no such conflict in this case."))
    return found


def conflicts_of_case(case_id: UUID) -> QuerySet[RegimeConflict]:
    """Every conflict of laws of a case, the oldest first, with both regimes and their measures."""
    mine = RegimeConflict.objects.filter(case_id=case_id).order_by("opened_at", "id")
    return mine.select_related("releases", "holds", "decided_by").prefetch_related(
        "measures__artefact", "measures__platform_user"
    )


def open_conflicts(user: User) -> QuerySet[RegimeConflict]:
    """The conflicts of laws that wait for a person, in cases this one may see, the longest waiting first."""
    waiting = RegimeConflict.objects.filter(closed_at=None, case__in=cases_for(user))
    return waiting.select_related("case__notice", "releases", "holds").order_by("opened_at", "id")


def conflicts_about(regime: CaseRegime, person_id: UUID) -> QuerySet[RegimeConflict]:
    """The open conflicts about measures on this person that this regime gave up."""
    touching = measures_touching(regime.case_id, person_id).order_by()
    mine = RegimeConflict.objects.filter(
        releases=regime, closed_at=None, measures__in=touching.values("id")
    )
    return mine.select_related("case", "releases", "holds").distinct()


def people_in(conflict: RegimeConflict) -> QuerySet[PlatformUser]:
    """The users whom the measures of a conflict touch."""
    grounds = MeasureGround.objects.filter(
        measure__in=conflict.measures.all(), case_id=conflict.case_id
    ).order_by()
    paths = ("measure__artefact__owner", "measure__platform_user", "item__artefact__owner")
    touched = Q()
    for path in paths:
        touched |= Q(id__in=grounds.exclude(**{path: None}).values(path))
    return PlatformUser.objects.filter(touched).order_by("external_id")
