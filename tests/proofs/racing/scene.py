"""Cases in which the filer was asked for something and may answer until a moment we choose."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from common import clock
from deadlines.models import Deadline
from notices.filing import Filing, ItemClaim, PointClaim
from notices.models import InformationRequest
from notices.rules import ANSWER
from notices.services.claims import claim
from notices.services.information import Question, request_information
from notices.services.submit import submit
from platforms.models import Platform
from tests.people import create_person
from users.models import LinkPurpose, User
from users.services.links import issue_link

ASKED = "rightholder_address"


@dataclass(frozen=True)
class Asked:
    """A case that waits for its filer: how they reach it, and the clock that they race."""

    case_id: uuid.UUID
    request_id: uuid.UUID
    address: str

    def clock(self) -> Deadline:
        """The clock as it stands."""
        return Deadline.objects.get(kind=ANSWER, subject_id=self.request_id)

    def end_in(self, seconds: float) -> datetime:
        """Let the time to answer end so many seconds from now."""
        end = clock.now() + timedelta(seconds=seconds)
        rows = Deadline.objects.filter(kind=ANSWER, subject_id=self.request_id)
        rows.update(due_at=end, triggered_at=end - timedelta(days=1), warn_at=None)
        return end


def reviewer() -> User:
    """Tara, who asks."""
    Platform.objects.get_or_create(slug=settings.PLATFORM_SLUG, defaults={"name": "Sandbox"})
    return create_person("tara@redress.example", "Tara", ["reviewer"])


@transaction.atomic
def ask(tara: User) -> Asked:
    """A notice of Nora's; Tara asks for an address."""
    now = clock.now()
    filing = Filing(
        channel="portal",
        language="en",
        filer_name="Nora Lind",
        filer_email="nora@example.org",
        filer_role="owner",
        work_title="Fox Spirit",
        items=(ItemClaim("output", f"out_{uuid.uuid4().hex[:8]}"),),
        points=(PointClaim("The mask"),),
        signature="Nora Lind",
    )
    case = submit(filing, now=now)
    claim(case.id, user=tara, now=now)
    request_information(case.id, Question((ASKED,), ""), user=tara, now=now)
    request = InformationRequest.objects.get(case=case)
    token = issue_link(LinkPurpose.TRACK, case_id=case.id, now=now)
    return Asked(case.id, request.id, f"/track/{token}/answer/")
