"""Letters to the filer. Each carries a link of its own to the filer's page."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import override

from common.actors import Actor
from deadlines.selectors import open_deadlines
from notices.models import Case, InformationRequest, Notice
from notices.rules import ANSWER
from notices.services.regimes import packs_of
from notifications.models import Message
from notifications.services import Outgoing, Recipient, queue
from regimes.questions import notice_labels
from users.models import LinkPurpose
from users.services.links import issue_link

FILER: Final = "filer"


def to_filer(
    template: str,
    case: Case,
    context: Mapping[str, object],
    *,
    now: datetime,
    actor: Actor,
    attachments: tuple[UUID, ...] = (),
) -> Message:
    """Queue one letter to the filer in their language; one without an address is carried by staff."""
    notice = Notice.objects.get(case=case)
    recipient = Recipient(FILER, notice.filer_name, notice.filer_email, notice.language)
    filled = {
        "reference": case.reference,
        "name": notice.filer_name,
        "work_title": notice.work_title,
        "link": filer_link(case, now=now),
        **context,
    }
    outgoing = Outgoing(template, recipient, filled, attachments)
    return queue(outgoing, case_id=case.id, now=now, actor=actor)


def filer_link(case: Case, *, now: datetime) -> str:
    """A new absolute link to the filer's page of a case."""
    token = issue_link(LinkPurpose.TRACK, case_id=case.id, now=now)
    return settings.PUBLIC_URL + reverse("track", args=[token])


def information_requested(
    case: Case, asked: InformationRequest, *, now: datetime, actor: Actor
) -> None:
    """Ask for exactly these elements, in the words of the pack."""
    language = Notice.objects.get(case=case).language
    labels = notice_labels(packs_of(case), language)
    context = {
        "elements": [labels[key] for key in asked.elements],
        "message": asked.message,
        "until": _last_day(asked, language),
    }
    to_filer("information_requested", case, context, now=now, actor=actor)


def _last_day(asked: InformationRequest, language: str) -> str:
    """Until when we wait for the answer, in the reader's words; empty where no pack sets a time."""
    clock = open_deadlines(ANSWER, asked.id).first()
    with override(language.lower()):
        return date_format(clock.last_day, "DATE_FORMAT") if clock else ""


def accepted(case: Case, reasons: Mapping[str, str], *, now: datetime, actor: Actor) -> None:
    """Tell the filer what was upheld, and why."""
    items = [
        {"locator": item.locator[:200], "outcome": item.outcome}
        for item in case.notice.items.all()[:50]
    ]
    context = {
        "reasons": reasons[case.language],
        "items": items,
        "count": case.notice.items.count(),
    }
    to_filer("notice_accepted", case, context, now=now, actor=actor)


def training_answered(
    case: Case, reasons: Mapping[str, str], *, now: datetime, actor: Actor
) -> None:
    """Tell the complainant that the complaint about training holds, and what will be done."""
    to_filer("training_answered", case, {"reasons": reasons[case.language]}, now=now, actor=actor)


def declined(case: Case, reasons: Mapping[str, str], *, now: datetime, actor: Actor) -> None:
    """Tell the filer that no measures are taken, and why."""
    to_filer("notice_declined", case, {"reasons": reasons[case.language]}, now=now, actor=actor)


def withdrawn(case: Case, *, now: datetime, actor: Actor) -> None:
    """Confirm the withdrawal."""
    to_filer("notice_withdrawn", case, {}, now=now, actor=actor)


def lapsed(case: Case, *, now: datetime, actor: Actor) -> None:
    """Tell the filer that the notice was not completed and may be filed anew."""
    to_filer("notice_lapsed", case, {}, now=now, actor=actor)
