"""The filer's internal complaint against a refusal (Regulation 2022/2065 art. 20): filed, answered by another person."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from common.actors import Actor, staff
from common.errors import Conflict, RedressError
from common.transactions import lock_case
from counternotices.errors import DecidedByYou
from counternotices.models import Complaint
from counternotices.rules import ANSWER_COMPLAINT
from counternotices.services.windows import filer_window, require_open
from counternotices.services.wording import justified_words, redress_words
from deadlines.services import meet
from evidence.ledger import append, case_chain
from notices.access import require_role
from notices.languages import tag
from notices.models import Case, CaseRegime, ClaimedItem, Notice
from notices.services.clocks import start_clock
from notices.services.letters import to_filer
from notices.services.numbering import next_reference
from notices.services.reasons import as_payload, require_reasons
from notices.services.regimes import pack_of
from notices.states import CaseState, ItemOutcome
from regimes.questions import complaint_window, house_clock
from users.models import User
from users.roles import CASEWORKERS

_CLOCK = "review_statement"


def complainable(case: Case) -> list[CaseRegime]:
    """The regimes under which the filer may complain about this case, be their window open or closed.

    Something was refused, the law gives complaints a window, and none was filed about it.
    """
    if not _refused(case):
        return []
    done = set(
        Complaint.objects.filter(case_regime__case=case).values_list("case_regime", flat=True)
    )
    regimes = [one for one in case.regimes.all() if one.id not in done]
    return [one for one in regimes if complaint_window(pack_of(one))]


@transaction.atomic
def file_complaint(
    regime_id: UUID, grounds: str, language: str, *, actor: Actor, now: datetime
) -> Complaint:
    """Take the complaint: free, electronic, answered by a person who did not decide.

    Raises WindowClosed with its last day, RedressError without grounds, and Conflict when nothing was refused or
    one was filed.
    """
    regime = CaseRegime.objects.select_related("case").get(id=regime_id)
    lock_case(regime.case_id)
    case = Case.objects.get(id=regime.case_id)
    if case.decided_by is None or regime not in complainable(case):
        raise Conflict(_("There is no refusal to complain about, or you have complained about it."))
    require_open(filer_window(regime), now=now)
    if not grounds.strip():
        raise RedressError(_("Say why the decision is wrong."), fields={"grounds": ""})
    complaint = Complaint.objects.create(
        reference=next_reference("K", now),
        case_regime=regime,
        language=language,
        grounds=grounds.strip(),
        filed_at=now,
        decision_by=case.decided_by,
    )
    _record(complaint, "complaint.filed", actor, now, grounds.encode())
    clock = house_clock(pack_of(regime), _CLOCK)
    if clock is not None:
        start_clock(ANSWER_COMPLAINT, clock, regime, complaint.id, at=now, now=now, actor=actor)
    context = {"complaint_reference": complaint.reference}
    to_filer("complaint_received_filer", case, context, now=now, actor=actor)
    return complaint


@transaction.atomic
def reject(id: UUID, reasons: Mapping[str, str], *, user: User, now: datetime) -> Complaint:
    """The refusal was right: a reasoned answer with the ways that are left. Raises as `answer` does."""
    return answer(id, "reject", reasons, user=user, now=now)


@transaction.atomic
def answer(
    id: UUID, name: str, reasons: Mapping[str, str], *, user: User, now: datetime
) -> Complaint:
    """Decide by `name` (uphold or reject) with reasons in both languages, and tell the filer.

    Raises Forbidden, DecidedByYou for who decided the notice, RedressError without reasons in both
    languages, Conflict when it was answered already.
    """
    require_role(user, *CASEWORKERS)
    case_id = Complaint.objects.values_list("case_regime__case_id", flat=True).get(id=id)
    lock_case(case_id)
    complaint = Complaint.objects.select_related("case_regime__case").get(id=id)
    if complaint.decision_by_id == user.id:
        raise DecidedByYou(_("You decided the notice. Another person must answer the complaint."))
    require_reasons(reasons)
    if complaint.reviewed_at is not None:
        raise Conflict(_("This complaint has been answered. Reload the page."))
    return _answer(complaint, name, reasons, user, now)


def _answer(
    complaint: Complaint, name: str, reasons: Mapping[str, str], user: User, now: datetime
) -> Complaint:
    getattr(complaint, name)()
    complaint.reviewed_by, complaint.reviewed_at = user, now
    complaint.reasons = dict(reasons)
    complaint.save(update_fields=["state", "reviewed_by", "reviewed_at", "reasons"])
    actor = staff(user.id)
    event = "complaint.upheld" if name == "uphold" else "complaint.rejected"
    _record(complaint, event, actor, now, as_payload(reasons))
    meet(ANSWER_COMPLAINT, complaint.id, at=now, actor=actor)
    case = complaint.case_regime.case
    language = Notice.objects.values_list("language", flat=True).get(case=case)
    with override(tag(language)):
        context = {
            "complaint_reference": complaint.reference,
            "outcome": justified_words(name == "uphold"),
            "reasons": reasons[language],
            "redress": redress_words(pack_of(complaint.case_regime)),
        }
    to_filer("complaint_answered_filer", case, context, now=now, actor=actor)
    return complaint


def _record(complaint: Complaint, event: str, actor: Actor, now: datetime, payload: bytes) -> None:
    regime = complaint.case_regime
    facts = {
        "complaint": complaint.reference,
        "regime": regime.pack_id,
        "state": complaint.state,
    }
    append(case_chain(regime.case_id), event, actor=actor, at=now, facts=facts, payload=payload)


def _refused(case: Case) -> bool:
    if case.state == CaseState.DECLINED:
        return True
    if case.state not in {CaseState.ACCEPTED, CaseState.CLOSED}:
        return False
    declined = ClaimedItem.objects.filter(notice__case=case, outcome=ItemOutcome.DECLINED)
    return declined.exists()
