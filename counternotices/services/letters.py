"""Letters about a counter-notice, to the affected user and to the right holder."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import override

from common.actors import SWEEP, Actor
from counternotices.models import CounterNotice
from counternotices.services.disclosure import as_filer_sees, files_for_filer, seen
from counternotices.services.wording import justified_words, period_words, redress_words
from deadlines.models import Deadline
from deadlines.registry import Change
from notices.languages import tag
from notices.models import Case, Notice
from notices.services.letters import to_filer
from notices.services.moving import LETTER, moved_words
from notices.services.regimes import pack_of
from notifications.models import Message
from notifications.services import Outgoing, Recipient, queue
from platforms.models import PlatformUser
from regimes.questions import counter_labels, put_back_mode
from regimes.vocabulary import PutBackMode
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
    """Queue one letter to the affected user in their language.

    Without an address it waits for staff, who carry it another way and record its arrival.
    """
    name = person.handle or person.external_id
    recipient = Recipient(RESPONDENT, name, person.email, tag(person.language))
    link = respondent_link(case.id, person.id, now=now)
    filled = {"reference": case.reference, "link": link, **context}
    return queue(Outgoing(template, recipient, filled), case_id=case.id, now=now, actor=actor)


def respondent_link(case_id: UUID, person_id: UUID, *, now: datetime) -> str:
    """A new absolute link to the affected user's page of a case."""
    token = issue_link(LinkPurpose.ANSWER, case_id=case_id, party_id=person_id, now=now)
    return settings.PUBLIC_URL + reverse("answer", args=[token])


def received(counter_notice: CounterNotice, *, now: datetime, actor: Actor) -> None:
    """Confirm receipt to the affected user."""
    _to_author("counter_notice_received", counter_notice, {}, now=now, actor=actor)


def forwarded(counter_notice: CounterNotice, *, now: datetime, actor: Actor) -> None:
    """Tell the affected user that the right holder has been sent the statement."""
    with override(_language(counter_notice)):
        context = {"period": period_words(pack_of(counter_notice.case_regime))}
    _to_author("counter_notice_forwarded", counter_notice, context, now=now, actor=actor)


def incomplete(counter_notice: CounterNotice, *, now: datetime, actor: Actor) -> None:
    """Ask the affected user for exactly these elements, in the words of the pack."""
    language = _language(counter_notice)
    labels = counter_labels(pack_of(counter_notice.case_regime), language)
    context = {"elements": [labels[key] for key in counter_notice.asked_elements]}
    _to_author("counter_notice_incomplete", counter_notice, context, now=now, actor=actor)


def rejected(counter_notice: CounterNotice, *, now: datetime, actor: Actor) -> None:
    """Tell the affected user why the counter-notice does not hold; an internal complaint is answered as one."""
    mode = put_back_mode(pack_of(counter_notice.case_regime))
    if mode is PutBackMode.REVERSE_ON_MERITS:
        _answered(counter_notice, justified=False, now=now, actor=actor)
        return
    context = {"reasons": counter_notice.review_reasons[_language(counter_notice)]}
    _to_author("counter_notice_rejected", counter_notice, context, now=now, actor=actor)


def to_right_holder(counter_notice: CounterNotice, *, now: datetime, actor: Actor) -> Message:
    """Forward the statement, with the right to complain or sue in the pack's words.

    Of its author the letter holds what the pack shows, and no paper that proves identity.
    """
    case = counter_notice.case_regime.case
    language = Notice.objects.values_list("language", flat=True).get(case=case)
    pack = pack_of(counter_notice.case_regime)
    rows = as_filer_sees(pack, counter_notice.answers, language)
    with override(tag(language)):
        context = {
            "counter_reference": counter_notice.reference,
            "reason": str(counter_notice.get_reason_display()),
            "answers": [(row.label, row.text) for row in rows if row.text],
            "signature": seen(pack, "signature", counter_notice.signature),
            "files": [(one.file.name, one.file.sha256) for one in files_for_filer(counter_notice)],
            "right_to_sue": pack.right_to_sue_text.in_language(language),
            "period": period_words(pack),
        }
    return to_filer("counter_notice_to_filer", case, context, now=now, actor=actor)


def suit_taken(
    counter_notice: CounterNotice, *, in_time: bool, now: datetime, actor: Actor
) -> None:
    """Tell both what the proof of suit did."""
    case = counter_notice.case_regime.case
    name = "suit_in_time" if in_time else "suit_late"
    to_filer(f"{name}_filer", case, _named(counter_notice), now=now, actor=actor)
    _to_author(f"{name}_respondent", counter_notice, {}, now=now, actor=actor)


def restored(counter_notice: CounterNotice, why: str, *, now: datetime, actor: Actor) -> None:
    """Tell both that the measures end and why: a code of `services.restoring`.

    A complaint decided on its merits is answered to its author with the reasons.
    """
    case = counter_notice.case_regime.case
    context = {**_named(counter_notice), "why": why}
    to_filer("restored_filer", case, context, now=now, actor=actor)
    if why == "merits":
        _answered(counter_notice, justified=True, now=now, actor=actor)
    else:
        _to_author("restored_respondent", counter_notice, {"why": why}, now=now, actor=actor)


def given_back_with(
    counter_notice: CounterNotice, person: PlatformUser, *, now: datetime, actor: Actor
) -> None:
    """Tell somebody whose thing was held because of what it was made from that this goes back, and theirs with it."""
    context = {**_named(counter_notice), "why": "made_from"}
    case = counter_notice.case_regime.case
    to_respondent("restored_respondent", case, person, context, now=now, actor=actor)


def ended(counter_notice: CounterNotice, *, now: datetime, actor: Actor) -> None:
    """Tell the affected user that the measures ended for another reason than their statement."""
    context = {"why": "notice_ended"}
    _to_author("restored_respondent", counter_notice, context, now=now, actor=actor)


def date_moved(
    row: Deadline, change: Change, person: PlatformUser, label: str | Promise, *, now: datetime
) -> None:
    """Tell an affected user that the date of this clock moved."""
    words = moved_words(row, change, label, tag(person.language))
    case = Case.objects.get(id=row.case_id)
    to_respondent(LETTER, case, person, words, now=now, actor=SWEEP)


def _answered(
    counter_notice: CounterNotice, *, justified: bool, now: datetime, actor: Actor
) -> None:
    """Regulation 2022/2065 art. 20(5): the reasoned decision, and what can still be done about it."""
    language = _language(counter_notice)
    with override(language):
        context = {
            "outcome": justified_words(justified),
            "reasons": counter_notice.review_reasons[language],
            "redress": redress_words(pack_of(counter_notice.case_regime)),
        }
    _to_author("complaint_answered_respondent", counter_notice, context, now=now, actor=actor)


def _to_author(
    template: str,
    counter_notice: CounterNotice,
    context: Mapping[str, object],
    *,
    now: datetime,
    actor: Actor,
) -> None:
    case = counter_notice.case_regime.case
    context = {**_named(counter_notice), **context}
    to_respondent(template, case, counter_notice.respondent, context, now=now, actor=actor)


def _named(counter_notice: CounterNotice) -> dict[str, str]:
    return {"counter_reference": counter_notice.reference}


def _language(counter_notice: CounterNotice) -> str:
    return tag(counter_notice.respondent.language)
