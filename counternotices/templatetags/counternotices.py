"""What pages of rooms below may show of counter-notices: templates know no arrows, Python does."""

from django import template

from counternotices.presenters.complaint import Complaining, complaining
from counternotices.presenters.forwarded import Forwarded, forwarded
from notices.models import Case

register = template.Library()


@register.simple_tag
def forwarded_to_filer(case: Case) -> list[Forwarded]:
    """The counter-notices of a case that were forwarded to the right holder."""
    return forwarded(case)


@register.simple_tag
def complaints_of_filer(case: Case) -> Complaining:
    """Whether the filer may complain about the decision, and what came of it."""
    return complaining(case)
