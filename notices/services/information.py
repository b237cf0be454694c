"""Asking the filer for exactly what is missing, and taking the answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from common.actors import Actor, staff
from common.errors import Conflict
from common.jobs import enqueue
from common.transactions import lock_case
from evidence.chain import Fact
from notices.errors import UnknownElement
from notices.filing import PaperClaim
from notices.models import Case, InformationRequest, NoticeFile
from notices.services import clocks, letters
from notices.services.claims import held_by
from notices.services.curing import helped
from notices.services.lifecycle import Step, advance, require_possible
from notices.services.regimes import packs_of
from users.models import User


@dataclass(frozen=True)
class Question:
    """Which elements are asked for, and a sentence of our own to the filer."""

    elements: Sequence[str]
    message: str = ""


@dataclass(frozen=True)
class Answer:
    """What the filer answers: texts by element, and sealed files."""

    texts: Mapping[str, str] = field(default_factory=dict)
    files: Sequence[PaperClaim] = ()


def open_request(case: Case) -> InformationRequest | None:
    """What the filer is being asked for now, if anything."""
    return case.information_requests.filter(answered_at=None, unanswered_at=None).first()


@transaction.atomic
def request_information(
    case_id: UUID, question: Question, *, user: User, now: datetime
) -> InformationRequest:
    """Ask for these elements; our clocks pause and the filer's begins. Raises UnknownElement."""
    case = held_by(case_id, user)
    require_possible(case, "request_information")
    _check(case, question.elements)
    asked = InformationRequest.objects.create(
        case=case,
        elements=list(question.elements),
        message=question.message,
        asked_by=user,
        asked_at=now,
    )
    by = staff(user.id)
    facts: dict[str, Fact] = {"elements": list(question.elements)}
    advance(
        case_id,
        "request_information",
        Step(by, now, facts=facts, payload=question.message.encode()),
    )
    helped(case, now=now, actor=by)
    clocks.pause_ours(case, now=now, actor=by)
    clocks.start_answer(case, asked, now=now, actor=by)
    letters.information_requested(case, asked, now=now, actor=by)
    return asked


@transaction.atomic
def answer_information(case_id: UUID, answer: Answer, *, actor: Actor, now: datetime) -> Case:
    """Take the filer's answer; review goes on and our clocks run again. Raises Conflict if none is open."""
    lock_case(case_id)
    case = Case.objects.select_related("notice").get(id=case_id)
    asked = open_request(case)
    if asked is None:
        raise Conflict(_("Nothing is being asked of you at present."))
    asked.answers = dict(answer.texts)
    asked.answered_at = now
    asked.save(update_fields=["answers", "answered_at"])
    papers = NoticeFile.objects.bulk_create(
        NoticeFile(notice=case.notice, file_id=paper.file_id, role=paper.role, added_at=now)
        for paper in answer.files
    )
    hashes = [paper.file.sha256 for paper in papers]
    facts: dict[str, Fact] = {"elements": sorted(answer.texts), "files": hashes}
    payload = "\n".join(f"{key}: {text}" for key, text in answer.texts.items()).encode()
    advanced = advance(case_id, "complete", Step(actor, now, facts=facts, payload=payload))
    clocks.meet_answer(asked, now=now, actor=actor)
    clocks.resume_ours(case, now=now, actor=actor)
    if papers:
        enqueue("notices.trace_files", case_id)
    return advanced


def leave_unanswered(asked: InformationRequest, step: Step) -> None:
    """Nobody answered in time: the notice is decided on what was given, and our clocks run on."""
    InformationRequest.objects.filter(id=asked.id).update(
        unanswered_at=step.effective_at or step.now
    )
    facts: dict[str, Fact] = {"elements": list(asked.elements)}
    case = advance(asked.case_id, "go_on", replace(step, facts=facts))
    clocks.stop_answer(asked, now=step.now, actor=step.actor)
    clocks.resume_ours(case, now=step.now, actor=step.actor)


def _check(case: Case, elements: Sequence[str]) -> None:
    known = {element.key for pack in packs_of(case) for element in pack.notice_elements}
    unknown = [key for key in elements if key not in known]
    if unknown or not elements:
        raise UnknownElement(
            _("Choose at least one element of the notice to ask for."),
            fields={"elements": ", ".join(unknown)},
        )
