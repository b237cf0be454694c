"""Reading the recorded sheets."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from casework.assessment.sheet import Standing, standing
from casework.models import Assessment
from common.errors import NotFound


def assessments_of(case_id: UUID) -> QuerySet[Assessment]:
    """Every version, the first one first, with the case and who recorded it."""
    return Assessment.objects.filter(case_id=case_id).select_related("case", "by")


def latest_assessment(case_id: UUID) -> Assessment | None:
    """The version that stands, or None while nobody has assessed the case."""
    return assessments_of(case_id).last()


def standing_of(case_id: UUID) -> Standing | None:
    """How far the case is assessed, or None while nobody has. One query."""
    last = latest_assessment(case_id)
    return standing(last) if last else None


def one_assessment(case_id: UUID, version: int) -> Assessment:
    """That version. Raises NotFound."""
    found = assessments_of(case_id).filter(version=version).first()
    if found is None:
        raise NotFound(_("There is no such version of the assessment."))
    return found
