import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from common.actors import WORKER
from deadlines import selectors
from deadlines.errors import AlreadyRunning
from deadlines.models import Deadline
from deadlines.registry import UnknownKind
from deadlines.services import Period, Subject, start
from deadlines.states import State
from deadlines.terms import thaw
from evidence.models import LedgerEntry
from tests.deadlines.conftest import ARRIVED, END, WAITING, Handlers, PackName, fresh_subject
from tests.deadlines.steps import events, start_duty, start_period, stored

pytestmark = pytest.mark.django_db


def test_a_clock_runs_to_the_end_of_the_twentieth_working_day(
    handlers: Handlers, subject: Subject
) -> None:
    row = stored(start_period(subject))

    assert row.state == State.RUNNING
    assert row.due_at == END
    assert row.last_day.isoformat() == "2026-10-22"
    assert not row.provisional
    assert (row.owes, row.pack_id, row.pack_version) == ("filer", "cn-civil-code", "1")


def test_the_ledger_says_what_began_and_when_it_ends(handlers: Handlers, subject: Subject) -> None:
    row = start_period(subject)

    entry = LedgerEntry.objects.get(chain_id=subject.case_id)
    assert entry.event == "deadline.started"
    assert entry.facts["due_at"] == END.isoformat()
    assert entry.facts["deadline"] == str(row.pk)
    assert entry.facts["pack"] == "cn-civil-code 1"


def test_a_clock_explains_itself_in_both_languages(handlers: Handlers, subject: Subject) -> None:
    row = stored(start_period(subject))

    with translation.override("en"):
        english = " ".join(selectors.explain(row))
    with translation.override("zh-hans"):
        chinese = " ".join(selectors.explain(row))
    assert "Thu 22 Oct 2026" in english
    assert "2026年10月22日（星期四）" in chinese


def test_the_terms_it_began_under_are_kept_whole(handlers: Handlers, subject: Subject) -> None:
    row = stored(start_period(subject))

    assert thaw(row.clock) == WAITING


def test_one_clock_of_a_kind_runs_for_one_subject(handlers: Handlers, subject: Subject) -> None:
    start_period(subject)

    with pytest.raises(AlreadyRunning):
        start_period(subject)


@pytest.mark.parametrize("regime", [True, False])
def test_the_database_too_refuses_a_second_open_clock(
    handlers: Handlers, subject: Subject, regime: bool
) -> None:
    if not regime:
        subject = Subject(subject.case_id, None, subject.subject_id)
    row = stored(start_period(subject))
    row.pk = fresh_subject().subject_id

    with pytest.raises(IntegrityError, match="deadlines_one_open"), transaction.atomic():
        row.save(force_insert=True)


def test_a_kind_nobody_registered_cannot_start(subject: Subject) -> None:
    period = Period("nobody.knows", WAITING, PackName(), ARRIVED)
    with pytest.raises(UnknownKind), transaction.atomic():
        start(period, subject, actor=WORKER, now=ARRIVED)


def test_the_open_clocks_of_a_case_come_in_order_of_their_end(
    handlers: Handlers, subject: Subject
) -> None:
    period, duty = start_period(subject), start_duty(subject)
    start_period(fresh_subject())

    assert list(selectors.running_for_case(subject.case_id)) == [duty, period]
    assert Deadline.objects.count() == 3
    assert events(period) == ["deadline.started", "deadline.started"]
