"""Filing a counter-notice: who may, what it holds, and what it starts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from common.actors import Actor, respondent
from common.errors import Conflict
from common.transactions import lock_case
from counternotices.models import CounterNotice, CounterNoticeFile
from counternotices.services import letters
from counternotices.services.abuse import require_may_contest, time_not_heard
from counternotices.services.clocks import start_from_receipt, start_review
from counternotices.services.lifecycle import follow
from counternotices.services.windows import person_window, require_open
from counternotices.states import BARS_ANOTHER, OPEN
from evidence.chain import Fact
from evidence.ledger import append, case_chain
from evidence.models import SealedFile
from measures.selectors import contestable_grounds
from notices.models import Case, CaseRegime
from notices.services.lifecycle import Step, advance
from notices.services.numbering import next_reference
from notices.services.regimes import pack_of
from notices.states import CaseState
from platforms.models import PlatformUser
from regimes.pack import Pack
from regimes.questions import put_back_mode
from regimes.vocabulary import PutBackMode


@dataclass(frozen=True)
class Statement:
    """What the affected user states: the reason's code, the packs' elements by key, files, signature.

    A statement that was signed stands among the answers in its full words. `files` are ids of sealed
    files by the key of the element that they answer.
    """

    language: str
    reason: str
    answers: Mapping[str, str]
    signature: str
    files: Mapping[str, Sequence[UUID]] = field(default_factory=dict)

    def under(self, pack: Pack) -> "Statement":
        """The same statement with what this pack asks for, and no more."""
        keys = {element.key for element in pack.counter_elements}
        return replace(
            self,
            answers={key: text for key, text in self.answers.items() if key in keys},
            files={key: ids for key, ids in self.files.items() if key in keys},
        )


@transaction.atomic
def file_under(
    regimes: Sequence[CaseRegime], person: PlatformUser, statement: Statement, *, now: datetime
) -> list[CounterNotice]:
    """One counter-notice under each of these regimes of a case, from one statement: all or none."""
    return [
        file_counter_notice(regime.id, person, statement.under(pack_of(regime)), now=now)
        for regime in regimes
    ]


@transaction.atomic
def file_counter_notice(
    regime_id: UUID, person: PlatformUser, statement: Statement, *, now: datetime
) -> CounterNotice:
    """A counter-notice against every measure that touches this person under this regime.

    Neither Civil Code 1196 nor Regulation 2013 art. 16 sets a last day, so a closed file is opened again.
    Raises WindowClosed where the law sets one and it is over, and Conflict when nothing can be contested
    or one is already open.
    """
    regime = CaseRegime.objects.select_related("case__decided_by").get(id=regime_id)
    lock_case(regime.case_id)
    _check(regime, person, now)
    counter_notice = _store(regime, person, statement, now)
    by = respondent(person.id)
    _record(regime, counter_notice, statement, by, now)
    if Case.objects.get(id=regime.case_id).state == CaseState.CLOSED:
        advance(regime.case_id, "reopen", Step(by, now))
    follow(regime.id, Step(by, now))
    start_review(counter_notice, now=now, actor=by)
    start_from_receipt(counter_notice, now=now, actor=by)
    letters.received(counter_notice, now=now, actor=by)
    return counter_notice


def _check(regime: CaseRegime, person: PlatformUser, now: datetime) -> None:
    if put_back_mode(pack_of(regime)) is PutBackMode.NONE:
        raise Conflict(_("This procedure knows no counter-notice."))
    require_may_contest(person.id, now=now)
    heard = now - time_not_heard(person.id, now=now)
    require_open(person_window(regime, person.id), now=heard)
    if not contestable_grounds(regime.id, person.id).exists():
        raise Conflict(
            _("There is nothing to contest: no measure in this case touches your content.")
        )
    earlier = CounterNotice.objects.filter(case_regime=regime, respondent=person)
    states = set(earlier.values_list("state", flat=True))
    if states & OPEN:
        raise Conflict(
            _("You have already filed a counter-notice. Its page shows where it stands.")
        )
    if states & BARS_ANOTHER:
        raise Conflict(
            _("The right holder has shown proceedings: the measures stay until these have ended.")
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
        received_at=now,
        decision_by=decider,
    )
    keep_files(counter_notice, statement.files, now)
    return counter_notice


def keep_files(
    counter_notice: CounterNotice, files: Mapping[str, Sequence[UUID]], now: datetime
) -> list[Fact]:
    """Add sealed files to a counter-notice, by element; their hashes."""
    kept = CounterNoticeFile.objects.bulk_create(
        CounterNoticeFile(
            counter_notice=counter_notice, file_id=file_id, element=element, added_at=now
        )
        for element, ids in files.items()
        for file_id in ids
    )
    ids = [one.file_id for one in kept]
    return [*SealedFile.objects.filter(id__in=ids).values_list("sha256", flat=True)]


def _record(
    regime: CaseRegime,
    counter_notice: CounterNotice,
    statement: Statement,
    by: Actor,
    now: datetime,
) -> None:
    hashes: list[Fact] = [*counter_notice.files.values_list("file__sha256", flat=True)]
    elements: list[Fact] = [*sorted(key for key, text in statement.answers.items() if text)]
    append(
        case_chain(regime.case_id),
        "counter_notice.filed",
        actor=by,
        at=now,
        facts={
            "counter_notice": counter_notice.reference,
            "regime": regime.pack_id,
            "reason": statement.reason,
            "elements": elements,
            "files": hashes,
        },
        payload="\n".join(f"{key}: {text}" for key, text in statement.answers.items()).encode(),
    )
