"""Two cases with everything in them that has an address, and one account for each role."""

import io
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from PIL import Image

from casework.assessment.questions import LENSES
from casework.models import Export
from casework.services.assess import Answer, assess
from common.actors import SETUP
from common.clock import now
from counternotices.models import (
    Complaint,
    CounterNotice,
    CounterNoticeFile,
    CourtOrder,
    CourtPaper,
)
from counternotices.services.awards import Judgment, Sums, record_award
from deadlines.models import Deadline, Extension
from evidence.files import seal_own
from measures.models import (
    Match,
    Measure,
    MeasureGround,
    Probe,
    ProbeResult,
    ProbeRun,
    ProbeSuite,
    RegimeConflict,
    Ticket,
    TicketModel,
    UpstreamRequest,
)
from measures.services import matches
from notices.models import Case, CaseRegime, FileRole, Notice, NoticeFile, NotifierSanction
from notices.services import drafts
from notices.services.claims import claim
from notifications.models import Attachment, Message
from notifications.services import endpoints
from notifications.services.endpoints import Wish
from platforms.models import Artefact
from screening.models import RuleList, RuleProposal
from screening.services.display import write_text
from screening.services.rules import create_rule
from screening.states import TextKind
from tests.conftest import Cast
from tests.counternotices.stage import DECIDED, FILED, PDF, Stage, platform
from tests.matching import seen_by_guard
from tests.people import create_person, issue_token
from tests.permissions.ladder import ladder, respondent_warning
from tests.permissions.table import ROLES
from tests.screening.asking import new_rule
from tests.screening.display import new_text
from users.models import LinkPurpose, User
from users.roles import Role
from users.services.links import issue_link


@dataclass(frozen=True)
class World:
    """`people` and `keys` by role, `things` by the names that the table uses, `links` by holder.

    `held` is a case that the person of a role works on.
    """

    people: dict[str, User | None]
    keys: dict[str, str]
    held: dict[str, str]
    things: dict[str, Any]
    links: dict[str, dict[str, str]]


@transaction.atomic
def build(cast: Cast) -> World:
    """Nora's case against Paul, contested and forwarded; another case against Pia."""
    stage = _stage(cast)
    people = _people(cast)
    mine = stage.upheld(sanction="suspend", email="nora@example.org")
    Notice.objects.filter(case=mine).update(account=people["right holder"])
    counter = stage.forwarded(mine)
    other, pia = _other(stage)
    keys = {role: issue_token(user, "tests", now=FILED) for role, user in people.items() if user}
    held = {role: _held(stage, people[role]) for role in ("reviewer", "approver", "legal")}
    links = _links(stage, (mine, stage.paul), (other, pia))
    return World(people, keys, held, _things(mine, counter), links)


def _held(stage: Stage, user: User | None) -> str:
    assert user is not None
    return claim(stage.filed().id, user=user, now=DECIDED).reference


def _stage(cast: Cast) -> Stage:
    made = Stage(cast.tara, cast.dan, cast.lea, cast.eno, cast.eve, platform(), None)  # type: ignore[arg-type]
    made.paul = made.user("paul")
    return made


def _people(cast: Cast) -> dict[str, User | None]:
    """None of the staff decided or reviewed anything of the world: Tara and Dan did."""
    roles = [
        Role.FILER,
        Role.REVIEWER,
        Role.APPROVER,
        Role.LEGAL,
        Role.ENGINEER,
        Role.ADMINISTRATOR,
    ]
    names = [role for role in ROLES if role not in {"anonymous", "eve"}]
    made = {
        name: create_person(f"{role}@matrix.example", name.title(), [str(role)])
        for name, role in zip(names, roles, strict=True)
    }
    for user in (cast.eve, *made.values()):
        user.set_password("a password of the tests")
        user.save()
    return {"anonymous": None, "eve": cast.eve, **made}


def _other(stage: Stage) -> tuple[Case, Any]:
    pia = stage.user("pia")
    other = stage.upheld(stage.artefact("out_of_pia", pia), email="somebody@example.org")
    _paper(other, FileRole.RECEIPT, PDF, "application/pdf")
    return other, pia


def _things(case: Case, counter: CounterNotice) -> dict[str, Any]:
    papers = NoticeFile.objects.filter(notice__case=case)
    theirs = CounterNoticeFile.objects.filter(counter_notice=counter)
    measures = list(Stage.measures(None, case))  # type: ignore[arg-type]
    return {
        "case": case.reference,
        "counter": counter.reference,
        "measure": next(one.id for one in measures if one.state == "in_force"),
        "upstream": _upstream(case, next(one for one in measures if one.state == "in_force")).id,
        "proposal": next(one.id for one in measures if one.state == "proposed"),
        "paper": papers.get(role=FileRole.ORIGINAL).id,
        "picture": _picture(case),
        "letter": Message.objects.filter(case_id=case.id).earliest("queued_at").id,
        "export": _export(case).id,
        **_to_carry(case),
        **_clock(case),
        "conflict": _conflict(case).id,
        "match": _match(case).id,
        "warning": _warning(case).id,
        "counter paper": theirs.first().id,  # type: ignore[union-attr]
        "forwarded paper": theirs.get(element="prelim_evidence_noninfringement").id,
        "court order": _order(case, counter).reference,
        "court paper": CourtPaper.objects.get().id,
        "complaint": _complaint(case).reference,
        **ladder(case),
        "respondent warning": respondent_warning(counter).id,
        **_webhook(case),
        **_rules(case),
        "text": _text(),
        **_assessed(case),
        **_ticket(case),
        "act": "test",
        "view": "triage",
        "part": "zip",
        "step": "found",
        "mail key": "no-such-key",
        "uid": "1",
        "title": case.title,
    }


def _rules(case: Case) -> dict[str, UUID]:
    """A prompt rule of the case, and one that another provider proposes."""
    rule = create_rule(new_rule(case_id=case.id), actor=SETUP, at=DECIDED)
    told = {"key": "", "sha256": "0" * 64, "rules": 1, "imported_by": "system:setup"}
    source = RuleList.objects.create(provider="Brush AI", version=1, imported_at=DECIDED, **told)
    content = {"terms": rule.terms, "allow_phrases": [], "fields": ["prompt"], "territory": ""}
    made = RuleProposal.objects.create(
        source=source, foreign_id=rule.id, content={**content, "mode": "block", "expires": None}
    )
    return {"prompt rule": rule.id, "rule proposal": made.id}


def _text() -> UUID:
    """A ruling that waits for a second person."""
    lea = User.objects.get(email="lea@house.example")
    return write_text(new_text(kind=TextKind.RULING), user=lea, now=DECIDED).id


def _assessed(case: Case) -> dict[str, Any]:
    """A sheet of the case, and what a court awarded."""
    assert case.decided_by is not None
    sheet = {lens: Answer("unclear") for lens in LENSES}
    row = assess(case.id, sheet, after=0, user=case.decided_by, now=DECIDED)
    file = seal_own(PDF, name="ruling.pdf", kind="application/pdf", at=DECIDED)
    judgment = Judgment("A court", "1", file, DECIDED, Sums(dismissed="Everything"))
    award = record_award(case.id, judgment, user=case.decided_by, now=DECIDED)
    return {"assessment version": row.version, "award": award.id}


def _webhook(case: Case) -> dict[str, UUID]:
    """An endpoint and an event it has."""
    assert case.decided_by is not None
    wish = Wish("https://hooks.example.com/in", "Ours")
    made, _secret = endpoints.create(wish, user=case.decided_by, now=DECIDED)
    sent = endpoints.send_test(made.id, user=case.decided_by, now=DECIDED)
    return {"webhook": made.id, "delivery": sent.id}


def _ticket(case: Case) -> dict[str, UUID]:
    """A ticket on the engineers' table, with a probe that Nora proposed and an output of its one run."""
    model = Artefact.objects.create(
        platform=case.platform, external_id="model_1", kind="model", read_at=DECIDED
    )
    order = {"family": "model_optimisation", "platform": case.platform, "artefact": model}
    ordered = {"approval_required": False, "ordered_by": case.decided_by, "ordered_at": DECIDED}
    measure = Measure.objects.create(**order, **ordered, state="ordered")
    for state in ("executing", "in_progress"):
        Measure.objects.filter(id=measure.id).update(state=state)
    for regime in case.regimes.all():
        MeasureGround.objects.create(
            measure=measure,
            case=case,
            case_regime=regime,
            ordered_by=case.decided_by,
            created_at=DECIDED,
        )
    ticket = Ticket.objects.create(measure=measure)
    suite = ProbeSuite.objects.create(ticket=ticket, kind="normal", allowed_percent=0)
    asked = {"suite": suite, "prompt": "a fox", "seed": 1, "added_at": DECIDED}
    probe = Probe.objects.create(**asked, number=1, state="proposed", case=case)
    counts = {"asked": 1, "drawn": 1, "similar": 0, "unscored": 0, "allowed_percent": 0}
    run = ProbeRun.objects.create(
        suite=suite,
        model=TicketModel.objects.create(ticket=ticket, artefact=model, look_at=DECIDED),
        suite_version=1,
        build="b1",
        at=DECIDED,
        key=measure.id,
        verdict="passed",
        **counts,
    )
    drawn = {"output": "out_p", "sha256": "0" * 64, "media_type": "image/png", "score": 0.1}
    result = ProbeResult.objects.create(
        run=run, probe=probe, prompt_sha256="0" * 64, seed=1, similar=False, **drawn
    )
    return {"ticket": measure.id, "probe": probe.id, "probe output": result.id}


def _upstream(case: Case, measure: Measure) -> UpstreamRequest:
    """The measure as if it had been passed on and acknowledged."""
    paper = seal_own(PDF, name="acknowledged.pdf", kind="application/pdf", at=DECIDED)
    made = UpstreamRequest.objects.create(
        measure=measure,
        case=case,
        case_regime=case.regimes.get(pack_id="cn-civil-code"),
        provider="Brush AI",
        language="en",
        letter=Message.objects.filter(case_id=case.id).earliest("queued_at"),
        passed_on_by=case.decided_by,
        passed_on_at=DECIDED,
    )
    told = {"acknowledged_at": DECIDED, "recorded_by": case.decided_by, "recorded_at": DECIDED}
    UpstreamRequest.objects.filter(id=made.id).update(state="acknowledged", proof=paper, **told)
    return made


def _to_carry(case: Case) -> dict[str, UUID]:
    """A letter to the right holder as if they had given no address."""
    letter = Message.objects.filter(case_id=case.id).latest("queued_at")
    Message.objects.filter(id=letter.id).update(address="")
    file = seal_own(PDF, name="with.pdf", kind="application/pdf", at=FILED)
    Attachment.objects.create(message=letter, file=file, position=99)
    return {"letter to carry": letter.id, "carried file": file.id}


def _clock(case: Case) -> dict[str, UUID]:
    """A clock of the case that was extended, and the paper that showed why."""
    row = Deadline.objects.filter(case_id=case.id).earliest("triggered_at", "id")
    paper = seal_own(PDF, name="reason.pdf", kind="application/pdf", at=DECIDED)
    Extension.objects.create(
        deadline=row,
        length=1,
        unit=row.clock["unit"],
        reason="a reason",
        paper=paper,
        granted_by="staff:somebody",
        granted_at=DECIDED,
        due_before=row.due_at,
        due_after=row.due_at,
    )
    return {"clock": row.id, "clock paper": paper.id}


def _order(case: Case, counter: CounterNotice) -> CourtOrder:
    made = CourtOrder.objects.create(
        reference="O-2026-000001-X",
        case_regime=counter.case_regime,
        effect="keep",
        before_suit=False,
        urgent=False,
        state="in_force",
        court="Guangzhou Internet Court",
        recorded_by=case.decided_by,
        recorded_at=DECIDED,
    )
    file = seal_own(PDF, name="order.pdf", kind="application/pdf", at=DECIDED)
    told = {"recorded_by": case.decided_by, "recorded_at": DECIDED, "effective_at": DECIDED}
    CourtPaper.objects.create(order=made, kind="order", file=file, **told)
    return made


def _complaint(case: Case) -> Complaint:
    assert case.decided_by is not None
    return Complaint.objects.create(
        reference="K-2026-000001-X",
        case_regime=case.regimes.get(pack_id="cn-civil-code"),
        language="en",
        grounds="It is the same mask.",
        filed_at=DECIDED,
        decision_by=case.decided_by,
    )


def _conflict(case: Case) -> RegimeConflict:
    """As if another law of the case still held what this one gave up."""
    holds = case.regimes.get(pack_id="cn-civil-code")
    releases = CaseRegime.objects.create(
        case=case, pack_id="eu-dsa-platform", pack_version="2026.1", pack_sha256="0" * 64
    )
    return RegimeConflict.objects.create(
        case=case, releases=releases, holds=holds, opened_at=DECIDED, effective_at=DECIDED
    )


def _match(case: Case) -> Match:
    """An output of somebody that waits for a person, with its picture."""
    matches.pick_up(seen_by_guard(case, DECIDED, kind="picture", user="u_x"), now=DECIDED)
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), (20, 40, 200)).save(drawn, "PNG")
    file = seal_own(drawn.getvalue(), name="output.png", kind="image/png", at=DECIDED)
    Match.objects.update(file=file, looked_at=DECIDED)
    return Match.objects.get()


def _warning(case: Case) -> NotifierSanction:
    return NotifierSanction.objects.create(
        email=case.notice.filer_email,
        level="warn",
        case=case,
        pack_id="cn-civil-code",
        pack_version="2026.1",
        factors=[],
        reasons={"en": "No.", "zh-Hans": "否。"},
        decided_by=case.decided_by,
        decided_at=DECIDED,
    )


def _picture(case: Case) -> UUID:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), (200, 40, 20)).save(drawn, "PNG")
    _paper(case, FileRole.RECEIPT, PDF, "application/pdf")
    return _paper(case, FileRole.WORK, drawn.getvalue(), "image/png")


def _paper(case: Case, role: str, content: bytes, kind: str) -> UUID:
    file = seal_own(content, name="paper", kind=kind, at=FILED)
    return NoticeFile.objects.create(notice=case.notice, file=file, role=role, added_at=FILED).id


def _export(case: Case) -> Export:
    pdf = seal_own(PDF, name="case.pdf", kind="application/pdf", at=DECIDED)
    bundle = seal_own(b"PK", name="case.zip", kind="application/zip", at=DECIDED)
    made = {"requested_by": case.decided_by, "requested_at": DECIDED, "finished_at": DECIDED}
    return Export.objects.create(case=case, pdf=pdf, bundle=bundle, **made)


def _links(
    stage: Stage, mine: tuple[Case, Any], other: tuple[Case, Any]
) -> dict[str, dict[str, str]]:
    tokens = [
        {
            "track link": stage.track_link(case),
            "answer link": stage.answer_link(case, person),
            "find link": issue_link(
                LinkPurpose.FIND, case_id=case.id, now=now() - timedelta(seconds=1)
            ),
            "draft link": drafts.start(language="en", account=None, now=FILED)[1],
        }
        for case, person in (mine, other)
    ]
    swapped = {"track link": "answer link", "answer link": "track link"}
    others = {name: tokens[0][swapped.get(name, "track link")] for name in tokens[0]}
    nothing = dict.fromkeys(tokens[0], "AAAAAAAAAAAAAAAAAAAAAA")
    return {
        "own link": tokens[0],
        "link of another case": tokens[1],
        "link of the other party": others,
        "no such link": nothing,
    }
