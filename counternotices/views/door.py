"""Who comes in by the link of the affected user."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from common.errors import NotFound
from counternotices.models import CounterNotice
from counternotices.selectors import of_person
from notices.access import case_by_link
from notices.models import Case
from platforms.models import PlatformUser
from users.models import LinkPurpose


@dataclass(frozen=True)
class Visit:
    """One affected user at one case, and the moment."""

    case: Case
    person: PlatformUser
    now: datetime

    def counter_notice(self, reference: str) -> CounterNotice:
        """Their own counter-notice of this case. Raises NotFound."""
        found = of_person(self.case.id, self.person.id).filter(reference=reference).first()
        if found is None:
            raise NotFound(_("There is no such counter-notice on this page."))
        return found


def visit(token: str, now: datetime) -> Visit:
    """Whom this link lets in, and to which case. Raises NotFound."""
    case, link = case_by_link(token, LinkPurpose.ANSWER, now=now)
    people = PlatformUser.objects.filter(id=link.party_id) if link.party_id else None
    person = people.first() if people is not None else None
    if person is None:
        raise NotFound(_("This link does not open anything."))
    return Visit(case, person, now)
