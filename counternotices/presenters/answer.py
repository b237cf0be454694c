"""The affected user's page of a case: five answers, and where each counter-notice stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import get_language
from django_fsm import can_proceed

from counternotices.models import CounterNotice
from counternotices.presenters import clocks, timeline
from counternotices.presenters.standing import (
    DISPUTED,
    HAPPENINGS,
    KEPT,
    STANDINGS,
    Standing,
)
from counternotices.rules import ONCE_FORWARDED
from counternotices.selectors import (
    contestable_regimes,
    events_of,
    of_person,
)
from counternotices.services.windows import person_window
from counternotices.services.wording import measure_words, put_back_words, standing_words
from counternotices.states import State
from deadlines.models import Deadline
from deadlines.selectors import running_for_case
from evidence.models import LedgerEntry
from measures.models import Measure
from measures.presenters.ladder import Ladder, ladder_of
from measures.selectors import measures_touching
from measures.states import LIVE
from notices.languages import tag
from notices.models import Case, CaseRegime, Notice, SimilarityPoint
from notices.presenters import dispute
from notices.rules import CLOSE_FILE
from notices.services.disclosure import filer_as_seen
from notices.services.regimes import pack_of
from platforms.models import PlatformUser
from regimes.questions import counter_labels


@dataclass(frozen=True)
class Done:
    """One measure, in words to the person it touches."""

    what: str
    standing: str
    live: bool
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class Filed:
    """One counter-notice of theirs."""

    row: CounterNotice
    law: str
    standing: Standing
    clocks: list[clocks.Clock]
    asked: list[str]
    answers: list[tuple[str, str]]
    reasons: str
    happenings: list[tuple[str | Promise, datetime]]
    may_withdraw: bool
    disputed: bool = False


@dataclass(frozen=True)
class AnswerPage:
    """What was done, why, who says so, until when, what can be done; and what was answered so far."""

    case: Case
    notice: Notice
    person: PlatformUser
    done: list[Done]
    reasons: str
    points: Sequence[SimilarityPoint]
    filer: str
    what_next: list[str]
    clocks: list[clocks.Clock]
    contestable: list[CaseRegime]
    filed: list[Filed]
    timeline: list[timeline.Happening]
    disputes: list[dispute.Dispute]
    ladder: Ladder

    @property
    def any_live(self) -> bool:
        """Whether a measure still touches them."""
        return any(one.live for one in self.done)


def answer_page(case: Case, person: PlatformUser, *, now: datetime) -> AnswerPage:
    """The page in the active language, in a fixed number of queries for each counter-notice's regime."""
    language = tag(get_language())
    notice = Notice.objects.get(case=case)
    regimes = list(case.regimes.all())
    rows = list(of_person(case.id, person.id))
    running = list(running_for_case(case.id))
    forwarded = any(row.forwarded_at for row in rows)
    decision = getattr(case, "decision", None)
    measures = list(measures_touching(case.id, person.id))
    mine = {str(measure.id) for measure in measures}
    disputes = dispute.of_case(case.id, lambda facts: not mine.isdisjoint(facts["measures"]))
    return AnswerPage(
        case=case,
        notice=notice,
        person=person,
        done=[_done(measure) for measure in measures],
        reasons=decision.reasons[language] if decision else "",
        points=list(notice.points.all()),
        filer=filer_as_seen(notice, ONCE_FORWARDED if forwarded else ()),
        what_next=[put_back_words(pack_of(regime)) for regime in regimes],
        clocks=_clocks(_owed(regimes, person, running if not rows else [])),
        contestable=contestable_regimes(case.id, person.id),
        filed=_filed(case, rows, running, language, disputes),
        timeline=timeline.for_respondent(
            case.id, person.id, references={row.reference for row in rows}, measures=mine
        ),
        disputes=disputes,
        ladder=ladder_of(person.id, now=now),
    )


def _done(measure: Measure) -> Done:
    return Done(
        what=measure_words(measure),
        standing=standing_words(measure),
        live=measure.state in LIVE,
        since=measure.lifted_at or measure.in_force_at or measure.ordered_at,
        until=measure.expires_at,
    )


def _owed(
    regimes: list[CaseRegime], person: PlatformUser, running: Iterable[Deadline]
) -> list[Deadline]:
    windows = [person_window(regime, person.id) for regime in regimes]
    return [*filter(None, windows), *(row for row in running if row.kind == CLOSE_FILE)]


def _clocks(rows: Iterable[Deadline]) -> list[clocks.Clock]:
    return clocks.told(rows, clocks.TO_RESPONDENT)


def _filed(
    case: Case,
    rows: list[CounterNotice],
    running: list[Deadline],
    language: str,
    disputes: Sequence[dispute.Dispute],
) -> list[Filed]:
    events = list(events_of(case.id, [row.reference for row in rows])) if rows else []
    held = {one.law: DISPUTED if one.open else KEPT for one in disputes}
    return [_disputed(_one(row, running, events, language), held) for row in rows]


def _disputed(filed: Filed, held: Mapping[str, Standing]) -> Filed:
    """What prevailed under its own law does not end the measures while another law holds them."""
    law = filed.row.case_regime.pack_id
    prevailed = filed.row.state == State.PREVAILED
    return replace(filed, standing=held[law], disputed=True) if prevailed and law in held else filed


def _one(
    row: CounterNotice, running: list[Deadline], events: list[LedgerEntry], language: str
) -> Filed:
    pack = pack_of(row.case_regime)
    labels = counter_labels(pack, language)
    mine = [event for event in events if event.facts["counter_notice"] == row.reference]
    return Filed(
        row=row,
        law=pack.title.in_language(language),
        standing=STANDINGS[row.state],
        clocks=clocks.told(
            [clock for clock in running if clock.subject_id == row.id], clocks.TO_RESPONDENT
        ),
        asked=[labels[key] for key in row.asked_elements if key in labels],
        answers=answered(row, labels),
        reasons=row.review_reasons.get(language, "") if row.state == State.REJECTED else "",
        happenings=[(timeline.SENTENCES[e.event], e.at) for e in mine if e.event in HAPPENINGS],
        may_withdraw=can_proceed(row.withdraw),
    )


def answered(row: CounterNotice, labels: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was stated, in full, each under the words for its element and in their order."""
    return [(words, row.answers[key]) for key, words in labels.items() if row.answers.get(key)]
