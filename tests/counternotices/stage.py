"""A case that Tara upheld against Paul (and, if wanted, Pia), filed by Nora; everything made on demand."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.db import transaction

from casework.services.uphold import uphold
from counternotices.models import CounterNotice
from counternotices.selectors import contestable_regimes
from counternotices.services import review
from counternotices.services.filing import Statement, file_under
from counternotices.services.waiting import Proof
from evidence.files import seal, seal_own
from measures.models import Measure
from measures.services.orders import Order
from notices.filing import Filing, ItemClaim, PointClaim
from notices.models import Case, ClaimedItem
from notices.services.claims import claim
from notices.services.decisions import Ruling, decline
from notices.services.submit import submit
from notifications.models import Message
from platforms.models import Artefact, Platform, PlatformUser
from users.models import LinkPurpose, User
from users.services.links import issue_link

FILED = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)
DECIDED = datetime(2026, 9, 2, 2, 0, tzinfo=UTC)
CONTESTED = datetime(2026, 9, 10, 2, 0, tzinfo=UTC)
REVIEWED = datetime(2026, 9, 14, 2, 0, tzinfo=UTC)
REASONS = {"en": "The mask and the bell are the same.", "zh-Hans": "面具与铃铛相同。"}
# A PDF as small as puremagic still takes for one.
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"

ANSWERS = {
    "user_name": "Paul Okafor",
    "user_contact": "paul@example.org",
    "user_address": "1 Fox Lane",
    "item_title": "Fox",
    "item_location": "out_1: removal",
    "truth_statement": "Guarantee of truth: The user answers for the truth of the statement.",
}


@dataclass
class Stage:
    """The cast and the case."""

    tara: User
    dan: User
    lea: User
    eno: User
    eve: User
    platform: Platform
    paul: PlatformUser

    def artefact(self, name: str, owner: PlatformUser | None = None) -> Artefact:
        return Artefact.objects.create(
            platform=self.platform,
            external_id=name,
            kind="output",
            title=f"Picture {name}",
            owner=owner or self.paul,
            read_at=FILED,
        )

    def user(self, name: str, **fields: str) -> PlatformUser:
        return PlatformUser.objects.create(
            platform=self.platform,
            external_id=f"u_{name}",
            handle=name,
            email=f"{name}@example.org",
            **fields,
        )

    def filed(self, *artefacts: Artefact, email: str = "nora@example.org") -> Case:
        """A notice by Nora about these things, or about one output of Paul's."""
        things = artefacts or (self.artefact(f"out_{uuid.uuid4().hex[:6]}"),)
        case = submit(
            Filing(
                channel="portal",
                language="en",
                filer_name="Nora Lind",
                filer_email=email,
                filer_role="owner",
                work_title="Fox Spirit",
                items=tuple(ItemClaim("output", thing.external_id) for thing in things),
                points=(PointClaim("The mask"),),
                signature="Nora Lind",
            ),
            now=FILED,
        )
        items = ClaimedItem.objects.filter(notice__case=case)
        for item, thing in zip(items.order_by("number"), things, strict=True):
            ClaimedItem.objects.filter(id=item.id).update(artefact=thing, looked_up_at=FILED)
        return case

    def upheld(
        self, *artefacts: Artefact, sanction: str = "", email: str = "nora@example.org"
    ) -> Case:
        """The notice, upheld by Tara: a removal for each item, a sanction for Paul if named."""
        case = self.filed(*artefacts, email=email)
        claim(case.id, user=self.tara, now=DECIDED)
        items = list(ClaimedItem.objects.filter(notice__case=case).select_related("artefact"))
        ruling = Ruling(REASONS, {item.id: "upheld" for item in items})
        for item in items:
            item.outcome = "upheld"
        orders = [Order("content_removal", item=item) for item in items]
        if sanction:
            orders.append(
                Order("user_sanction", item=items[0], platform_user=self.paul, level=sanction)
            )
        uphold(case.id, ruling, orders, user=self.tara, now=DECIDED)
        self.in_force(case)
        return Case.objects.get(id=case.id)

    def declined(self) -> Case:
        """A notice that Tara refused."""
        case = self.filed(self.artefact("out_1"))
        claim(case.id, user=self.tara, now=DECIDED)
        decline(case.id, Ruling(REASONS), user=self.tara, now=DECIDED)
        return Case.objects.get(id=case.id)

    def in_force(self, case: Case) -> None:
        """As if the platform had acknowledged everything."""
        for measure in self.measures(case):
            if measure.state == "ordered":
                Measure.objects.filter(id=measure.id).update(state="executing")
                Measure.objects.filter(id=measure.id).update(
                    state="in_force",
                    in_force_at=DECIDED,
                    acknowledgement={"acknowledgement_id": "a"},
                )

    def measures(self, case: Case) -> Sequence[Measure]:
        return list(
            Measure.objects.filter(grounds__case=case).distinct().order_by("ordered_at", "id")
        )

    def contest(
        self, case: Case, person: PlatformUser | None = None, now: datetime = CONTESTED
    ) -> CounterNotice:
        """A complete counter-notice."""
        person = person or self.paul
        with transaction.atomic():
            file_id = seal(PDF, name="licence.pdf", at=now).id
            card = seal(PDF, name="card.pdf", at=now).id
        statement = Statement(
            language="en",
            reason="authorised",
            answers=ANSWERS,
            signature="Paul Okafor",
            files={
                "prelim_evidence_noninfringement": [file_id],
                "user_identity_proof": [card],
            },
        )
        regimes = contestable_regimes(case.id, person.id)
        return file_under(regimes, person, statement, now=now)[0]

    def forwarded(self, case: Case, person: PlatformUser | None = None) -> CounterNotice:
        """Accepted by Dan, who did not decide, and on its way to Nora."""
        counter = self.contest(case, person)
        return review.accept(counter.id, user=self.dan, now=REVIEWED)

    def deliver(self, counter: CounterNotice, at: datetime) -> None:
        """As if the mail server had taken the letter at this moment."""
        Message.objects.filter(id=counter.forwarding_id).update(state="sent", sent_at=at)
        Message.objects.filter(id=counter.forwarding_id).update(state="delivered", delivered_at=at)

    @transaction.atomic
    def proof(self, at: datetime) -> Proof:
        file = seal_own(PDF, name="acceptance.pdf", kind="application/pdf", at=at)
        return Proof("suit", "Guangzhou Intermediate Court", "(2026) 1", file)

    def answer_link(self, case: Case, person: PlatformUser | None = None) -> str:
        person = person or self.paul
        return issue_link(LinkPurpose.ANSWER, case_id=case.id, party_id=person.id, now=FILED)

    def track_link(self, case: Case) -> str:
        return issue_link(LinkPurpose.TRACK, case_id=case.id, now=FILED)


def platform() -> Platform:
    """The platform that the settings name."""
    found, _created = Platform.objects.get_or_create(
        slug=settings.PLATFORM_SLUG, defaults={"name": "Sandbox"}
    )
    return found
