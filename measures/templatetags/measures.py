"""What pages of rooms below may show of measures: templates know no arrows, Python does."""

from django import template

from measures.presenters.changes import Changes, changes_of
from notices.models import Case

register = template.Library()


@register.simple_tag
def model_changes(case: Case) -> Changes:
    """The models that are changed for a case, and how their probes stand."""
    return changes_of(case.id)
