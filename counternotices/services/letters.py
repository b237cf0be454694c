"""Letters about a counter-notice, to the affected user and to the right holder."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from common.actors import Actor
from counternotices.models import CounterNotice
from notices.models import Case, Notice
from notices.services.letters import to_filer
from notices.services.regimes import pack_of
from notifications.models import Message
from notifications.services import Recipient, queue
from platforms.models import PlatformUser
from users.models import LinkPurpose
from users.services.links import issue_link

RESPONDENT: Final = "respondent"


def to_respondent(
    template: str,
    case: Case,
    person: PlatformUser,
    context: Mapping[str, object],
    *,
    now: datetime,
    actor: Actor,
) -> Message:
    """Queue one letter to the affected user; one without an address is carried by staff."""
    return queue(
        template,
        case_id=case.id,
        recipient=Recipient(RESPONDENT, person.handle, person.email, person.language),
        context={
            "reference": case.reference,
            "name": person.handle,
            "link": respondent_link(case.id, person.id, now=now),
            **context,
        },
        now=now,
        actor=actor,
    )


def respondent_link(case_id: UUID, person_id: UUID, *, now: datetime) -> str:
    """A new absolute link to the affected user's page of a case."""
    token = issue_link(LinkPurpose.ANSWER, case_id=case_id, party_id=person_id, now=now)
    return settings.PUBLIC_URL + reverse("answer", args=[token])


def received(counter_notice: CounterNotice, *, now: datetime, actor: Actor) -> None:
    """Confirm receipt to the affected user."""
    _to_author("counter_notice_received", counter_notice, {}, now=now, actor=actor)


def forwarded(counter_notice: CounterNotice, *, now: datetime, actor: Actor) -> None:
    """Tell the affected user that the right holder has been sent the statement."""
    _to_author("counter_notice_forwarded", counter_notice, {}, now=now, actor=actor)


def incomplete(counter_notice: CounterNotice, *, now: datetime, actor: Actor) -> None:
    """Ask the affected user for exactly these elements, in the words of the pack."""
    pack = pack_of(counter_notice.case_regime)
    labels = {e.key: e.label.in_language(counter_notice.language) for e in pack.counter_elements}
    context = {"elements": [labels[key] for key in counter_notice.asked_elements]}
    _to_author("counter_notice_incomplete", counter_notice, context, now=now, actor=actor)


def rejected(counter_notice: CounterNotice, *, now: datetime, actor: Actor) -> None:
    """Tell the affected user why the counter-notice does not hold."""
    reasons = counter_notice.review_reasons[counter_notice.language]
    _to_author(
        "counter_notice_rejected", counter_notice, {"reasons": reasons}, now=now, actor=actor
    )


def to_right_holder(counter_notice: CounterNotice, *, now: datetime, actor: Actor) -> Message:
    """Forward the statement, with the right to complain or sue in the pack's words."""
    case = counter_notice.case_regime.case
    notice = Notice.objects.get(case=case)
    pack = pack_of(counter_notice.case_regime)
    labels = {e.key: e.label.in_language(notice.language) for e in pack.counter_elements}
    context = {
        "counter_reference": counter_notice.reference,
        "reason": counter_notice.get_reason_display(),
        "answers": [
            (labels[key], text)
            for key, text in counter_notice.answers.items()
            if text and key in labels
        ],
        "signature": counter_notice.signature,
        "right_to_sue": pack.right_to_sue_text.in_language(notice.language),
    }
    return to_filer("counter_notice_to_filer", case, context, now=now, actor=actor)


def suit_taken(
    counter_notice: CounterNotice, *, in_time: bool, now: datetime, actor: Actor
) -> None:
    """Tell both what the proof of suit did."""
    case = counter_notice.case_regime.case
    name = "suit_in_time" if in_time else "suit_late"
    to_filer(f"{name}_filer", case, {}, now=now, actor=actor)
    _to_author(f"{name}_respondent", counter_notice, {}, now=now, actor=actor)


def restored(counter_notice: CounterNotice, *, now: datetime, actor: Actor) -> None:
    """Tell both that the waiting period ended and the measures with it."""
    case = counter_notice.case_regime.case
    to_filer("restored_filer", case, {}, now=now, actor=actor)
    _to_author("restored_respondent", counter_notice, {}, now=now, actor=actor)


def _to_author(
    template: str,
    counter_notice: CounterNotice,
    context: Mapping[str, object],
    *,
    now: datetime,
    actor: Actor,
) -> None:
    case = counter_notice.case_regime.case
    context = {"counter_reference": counter_notice.reference, **context}
    to_respondent(template, case, counter_notice.respondent, context, now=now, actor=actor)
