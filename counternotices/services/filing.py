"""Filing a counter-notice: who may, what it holds, and what it starts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from common.actors import Actor, respondent
from common.errors import Conflict
from common.transactions import lock_case
from counternotices.models import CounterNotice, CounterNoticeFile
from counternotices.selectors import grounds_touching
from counternotices.services import letters
from counternotices.services.clocks import start_review
from counternotices.services.lifecycle import follow
from counternotices.states import OPEN
from evidence.ledger import append, case_chain
from notices.models import Case, CaseRegime
from notices.services.lifecycle import Step, advance
from notices.services.numbering import next_reference
from notices.states import CaseState
from platforms.models import PlatformUser


@dataclass(frozen=True)
class Statement:
    """What the affected user states: the reason's code, the pack's elements by key, files, signature."""

    language: str
    reason: str
    answers: Mapping[str, str]
    signature: str
    files: Sequence[UUID] = ()


@transaction.atomic
def file_counter_notice(
    regime_id: UUID, person: PlatformUser, statement: Statement, *, now: datetime
) -> CounterNotice:
    """A counter-notice against every measure that touches this person under this regime.

    There is no last day: neither Civil Code 1196 nor Regulation 2013 art. 16 sets one, so a closed
    file is opened again. Raises Conflict when nothing can be contested or one is already open.
    """
    regime = CaseRegime.objects.select_related("case__decided_by").get(id=regime_id)
    lock_case(regime.case_id)
    _check(regime, person)
    counter_notice = _store(regime, person, statement, now)
    by = respondent(person.id)
    _record(regime, counter_notice, statement, by, now)
    if Case.objects.get(id=regime.case_id).state == CaseState.CLOSED:
        advance(regime.case_id, "reopen", Step(by, now))
    follow(regime.id, Step(by, now))
    start_review(counter_notice, now=now, actor=by)
    letters.received(counter_notice, now=now, actor=by)
    return counter_notice


def _check(regime: CaseRegime, person: PlatformUser) -> None:
    if not grounds_touching(regime.id, person.id).exists():
        raise Conflict(
            _("There is nothing to contest: no measure in this case touches your content.")
        )
    states = [str(state) for state in OPEN]
    if CounterNotice.objects.filter(
        case_regime=regime, respondent=person, state__in=states
    ).exists():
        raise Conflict(
            _("You have already filed a counter-notice. Its page shows where it stands.")
        )


def _store(
    regime: CaseRegime, person: PlatformUser, statement: Statement, now: datetime
) -> CounterNotice:
    decider = regime.case.decided_by
    if decider is None:
        raise Conflict(_("The notice has not been decided yet."))
    counter_notice = CounterNotice.objects.create(
        id=uuid4(),
        reference=next_reference("C", now),
        case_regime=regime,
        respondent=person,
        language=statement.language,
        reason=statement.reason,
        answers=dict(statement.answers),
        signature=statement.signature,
        filed_at=now,
        decision_by=decider,
    )
    CounterNoticeFile.objects.bulk_create(
        CounterNoticeFile(counter_notice=counter_notice, file_id=file_id, added_at=now)
        for file_id in statement.files
    )
    return counter_notice


def _record(
    regime: CaseRegime,
    counter_notice: CounterNotice,
    statement: Statement,
    by: Actor,
    now: datetime,
) -> None:
    hashes = list(counter_notice.files.values_list("file__sha256", flat=True))
    append(
        case_chain(regime.case_id),
        "counter_notice.filed",
        actor=by,
        at=now,
        facts={
            "counter_notice": counter_notice.reference,
            "regime": regime.pack_id,
            "reason": statement.reason,
            "elements": sorted(key for key, text in statement.answers.items() if text),
            "files": hashes,
        },
        payload="\n".join(f"{key}: {text}" for key, text in statement.answers.items()).encode(),
    )
