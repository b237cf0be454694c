"""Awards and costs: exact sums with their currency, from the paper, written once."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, IntegrityError, connection, transaction

from common.actors import filer
from common.errors import Forbidden, RedressError
from counternotices.errors import PaperOutOfOrder
from counternotices.models import Award, CounterNotice, ProceedingsEnd
from counternotices.services import arrivals
from counternotices.services.awards import Judgment, Sums, record_award
from counternotices.services.proceedings import Ending, end_proceedings
from counternotices.services.waiting import file_suit_proof
from evidence.chain import case_chain
from evidence.models import LedgerEntry, SealedFile
from evidence.selectors import entries, payload
from notices.models import Case
from tests.counternotices.papers import paper
from tests.counternotices.stage import Stage

SUED = datetime(2026, 9, 19, 4, tzinfo=UTC)
ENDED = datetime(2027, 2, 1, 4, tzinfo=UTC)
# Hangzhou Internet Court (2024) Zhe 0192 Min Chu 1587: what was claimed, awarded and dismissed.
HANGZHOU = Sums(Decimal(300_000), Decimal(30_000), None, "CNY", "Unfair competition")


@pytest.fixture(autouse=True)
def general_law(settings: LazySettings) -> None:
    settings.REGIMES = ["cn-civil-code"]


def sealed() -> SealedFile:
    return paper(ENDED).file


def held(stage: Stage) -> CounterNotice:
    counter = stage.forwarded(stage.upheld())
    stage.deliver(counter, SUED - timedelta(days=2))
    arrivals.sweep(SUED - timedelta(days=2))
    file_suit_proof(counter.id, stage.proof(SUED), actor=filer(counter.id), now=SUED)
    return counter


def ended(stage: Stage, sums: Sums) -> ProceedingsEnd:
    counter = held(stage)
    ending = Ending("for_right_holder", "Hangzhou Internet Court", "1587", sealed(), ENDED, sums)
    return end_proceedings(counter.id, ending, user=stage.lea, now=ENDED)


def judgment(sums: Sums, at: datetime = ENDED) -> Judgment:
    return Judgment("Hangzhou Internet Court", "(2024) 1587", sealed(), at, sums)


def award(stage: Stage, case: Case, sums: Sums = HANGZHOU, now: datetime = ENDED) -> Award:
    return record_award(case.id, judgment(sums), user=stage.lea, now=now)


def entry(case: Case) -> LedgerEntry:
    return entries(case_chain(case.id)).get(event="award.recorded")


def test_the_end_of_proceedings_carries_the_sums_of_the_judgment(stage: Stage) -> None:
    end = ended(stage, HANGZHOU)

    row = Award.objects.get(end=end)
    assert (row.claimed, row.awarded, row.costs) == (
        Decimal("300000.00"),
        Decimal("30000.00"),
        None,
    )
    assert (row.currency, row.dismissed) == ("CNY", "Unfair competition")
    assert (row.body, row.file_id, row.effective_at) == (end.body, end.file_id, ENDED)
    assert row.case_id == end.counter_notice.case_regime.case_id


def test_an_end_without_sums_leaves_no_award(stage: Stage) -> None:
    ended(stage, Sums(dismissed="  "))
    assert not Award.objects.exists()


def test_the_ledger_tells_the_sums_as_strings_and_the_words_apart(stage: Stage) -> None:
    case = stage.upheld()
    row = award(stage, case)
    facts = entry(case).facts
    assert (facts["claimed"], facts["awarded"]) == ("300000.00", "30000.00")
    assert "costs" not in facts, "what the paper does not name is not 0"
    assert (facts["currency"], facts["end"], facts["award"]) == ("CNY", None, str(row.id))
    assert payload(entry(case)) == b"Unfair competition"


def test_a_judgment_against_the_service_needs_no_counter_notice_and_an_appeal_stands_beside(
    stage: Stage,
) -> None:
    case = stage.declined()
    award(stage, case)
    appeal = Sums(awarded=Decimal("45000.5"), costs=Decimal("0.01"), currency="CNY")
    award(stage, case, appeal, ENDED + timedelta(days=90))
    sums = [(row.awarded, row.costs) for row in Award.objects.filter(case=case)]
    assert sums == [
        (Decimal("30000.00"), None),
        (Decimal("45000.50"), Decimal("0.01")),
    ]


@pytest.mark.parametrize(
    ("sums", "field"),
    [
        (Sums(claimed=Decimal(1)), "currency"),
        (Sums(claimed=Decimal(1), currency="rmb"), "currency"),
        (Sums(claimed=Decimal(1), currency="元元元"), "currency"),
        (Sums(claimed=Decimal("-1"), currency="CNY"), "claimed"),
        (Sums(awarded=Decimal("NaN"), currency="CNY"), "awarded"),
        (Sums(awarded=Decimal("Infinity"), currency="CNY"), "awarded"),
        (Sums(costs=Decimal("1e15"), currency="CNY"), "costs"),
        (Sums(costs=Decimal("0.001"), currency="CNY"), "costs"),
        (Sums(currency="CNY"), "awarded"),
    ],
)
def test_sums_that_cannot_be_are_refused_by_name(stage: Stage, sums: Sums, field: str) -> None:
    case = stage.upheld()
    with pytest.raises(RedressError) as told:
        award(stage, case, sums)
    assert set(told.value.fields) == {field}
    assert not Award.objects.exists()


def test_wrong_sums_leave_the_proceedings_as_they_were(stage: Stage) -> None:
    with pytest.raises(RedressError):
        ended(stage, Sums(awarded=Decimal(5)))
    assert not ProceedingsEnd.objects.exists()


def test_not_from_the_future_and_not_by_just_anybody(stage: Stage) -> None:
    case = stage.upheld()
    later = judgment(HANGZHOU, ENDED + timedelta(seconds=1))
    with pytest.raises(PaperOutOfOrder):
        record_award(case.id, later, user=stage.lea, now=ENDED)
    with pytest.raises(Forbidden):
        record_award(case.id, judgment(HANGZHOU), user=stage.eno, now=ENDED)


def test_a_judgment_from_before_the_notice_counts_too(stage: Stage) -> None:
    case = stage.upheld()
    before = judgment(HANGZHOU, datetime(2025, 1, 1, tzinfo=UTC))
    assert record_award(case.id, before, user=stage.lea, now=ENDED).effective_at.year == 2025


def test_an_award_is_written_once(stage: Stage) -> None:
    award(stage, stage.upheld())
    for statement in (
        "UPDATE counternotices_award SET awarded = 1",
        "DELETE FROM counternotices_award",
    ):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.parametrize(
    "wrong",
    [
        {"awarded": Decimal(-1)},
        {"currency": ""},
        {"currency": "cny"},
        {"claimed": None, "awarded": None, "dismissed": ""},
    ],
)
def test_the_database_itself_refuses_what_cannot_be(stage: Stage, wrong: dict[str, object]) -> None:
    row = award(stage, stage.upheld())
    told = {field.attname: getattr(row, field.attname) for field in Award._meta.concrete_fields}
    del told["id"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.create(**{**told, **wrong})
