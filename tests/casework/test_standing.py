"""What stands against a user: born with an upheld item, voided with its case, kept by the ledger and the database."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from common.actors import SETUP
from evidence.models import LedgerEntry
from measures.errors import NotWarned
from measures.ladder import Standing, height, propose
from measures.ladder_policy import BUILT_IN
from measures.models import EntryGround, Measure, MeasureGround, StandingEntry
from measures.services.grounds import end_grounds
from measures.services.impose import impose
from measures.services.orders import Order
from measures.services.sweep import sweep
from measures.standing_selectors import standings
from notices.models import Case, CaseRegime, ClaimedItem
from notices.services.decisions import withdraw
from notices.services.lifecycle import Step
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import CONTESTED, DECIDED, Stage
from tests.properties import tried

DAY = timedelta(days=1)
LATER = DECIDED + 30 * DAY


def entries(case: Case) -> Sequence[StandingEntry]:
    return list(StandingEntry.objects.filter(case=case).order_by("item__number"))


def lift(case: Case, at: datetime = LATER, reason: str = "restored", **only: Any) -> None:
    for regime in case.regimes.all():
        end_grounds(regime, reason, Step(SETUP, at), **only)


def standing(person: UUID) -> Standing:
    return standings([person])[person]


def replayed(case_id: UUID) -> dict[str, bool]:
    """From the ledger alone: every entry of the case, and whether it was voided."""
    found: dict[str, bool] = {}
    rows = LedgerEntry.objects.filter(chain_id=case_id, event__startswith="standing.")
    for row in rows.order_by("sequence"):
        if row.event == "standing.entered":
            found |= {one["entry"]: False for one in row.facts["entries"]}
        if row.event == "standing.voided":
            found |= dict.fromkeys(row.facts["entries"], True)
    return found


def stored(case_id: UUID) -> dict[str, bool]:
    rows = StandingEntry.objects.filter(case_id=case_id)
    return {str(row.id): row.voided_at is not None for row in rows}


def test_every_upheld_item_of_a_user_is_entered_with_its_weight_and_expiry(stage: Stage) -> None:
    pia = stage.user("pia")
    case = stage.upheld(stage.artefact("one"), stage.artefact("two"), stage.artefact("hers", pia))
    his, also_his, hers = entries(case)
    assert [his.platform_user, also_his.platform_user, hers.platform_user] == [
        stage.paul,
        stage.paul,
        pia,
    ]
    assert (his.weight, his.policy_version) == (1, 0)
    assert his.expires_at == DECIDED + BUILT_IN.expiry_days * DAY
    assert his.grounds.count() == case.regimes.count() > 0
    assert propose(standing(stage.paul.id), BUILT_IN, now=LATER).step == "warn"


def test_nothing_is_entered_for_what_was_declined(stage: Stage) -> None:
    assert entries(stage.declined()) == []


def test_lifting_a_case_voids_its_own_entries_and_no_others(stage: Stage) -> None:
    first, second = stage.upheld(), stage.upheld()
    lift(first)
    assert [one.voided_reason for one in entries(first)] == ["restored"]
    assert [one.voided_at for one in entries(second)] == [None]
    lift(first, LATER + DAY)
    assert [one.voided_at for one in entries(first)] == [LATER]


def test_a_withdrawn_notice_leaves_nothing_standing_also_without_a_measure(stage: Stage) -> None:
    case = stage.upheld()
    MeasureGround.objects.filter(case=case).update(ended_at=LATER, ended_reason="corrected")
    withdraw(case.id, actor=SETUP, now=LATER)
    sweep(LATER)
    assert [one.voided_reason for one in entries(case)] == ["withdrawn"]


def test_an_entry_stands_as_long_as_one_law_of_its_case_holds_it(stage: Stage) -> None:
    case = stage.upheld()
    [entry] = entries(case)
    further = CaseRegime.objects.create(
        case=case, pack_id="us-dmca-512", pack_version="2026.1", pack_sha256="0" * 64
    )
    EntryGround.objects.create(entry=entry, case_regime=further)
    for regime in case.regimes.exclude(id=further.id):
        end_grounds(regime, "restored", Step(SETUP, LATER))
    assert [one.voided_at for one in entries(case)] == [None]
    end_grounds(further, "restored", Step(SETUP, LATER))
    assert [one.voided_at for one in entries(case)] == [LATER]


def test_only_the_items_that_are_given_up_are_voided(stage: Stage) -> None:
    case = stage.upheld(stage.artefact("one"), stage.artefact("two"))
    item = ClaimedItem.objects.get(notice__case=case, number=2)
    lift(case, items=[item.id])
    assert [one.voided_at is None for one in entries(case)] == [True, False]


def test_ending_the_sanction_alone_leaves_the_entry(stage: Stage) -> None:
    case = stage.upheld(sanction="warn")
    sanction = Measure.objects.get(family="user_sanction")
    lift(case, measures=[sanction.id])
    assert [one.voided_at for one in entries(case)] == [None]
    lift(case, measures=list(Measure.objects.values_list("id", flat=True)))
    assert [one.voided_at for one in entries(case)] == [LATER]


def test_what_is_contested_waits(stage: Stage) -> None:
    case = stage.upheld()
    stage.contest(case)
    assert propose(standing(stage.paul.id), BUILT_IN, now=CONTESTED).step == ""
    assert propose(standing(stage.paul.id), BUILT_IN, now=CONTESTED).cases == 0


def test_the_database_lets_an_entry_be_voided_once_and_nothing_else(stage: Stage) -> None:
    case = stage.upheld()
    mine = StandingEntry.objects.filter(case=case)
    grounds = EntryGround.objects.filter(entry__in=mine)
    for forbidden in (
        lambda: mine.update(weight=0),
        lambda: mine.update(expires_at=LATER + DAY),
        lambda: mine.delete(),
        lambda: grounds.delete(),
        lambda: mine.update(voided_at=LATER, voided_reason=""),
    ):
        with pytest.raises((DatabaseError,)), transaction.atomic():
            forbidden()
    lift(case)
    for forbidden in (
        lambda: mine.update(voided_at=None, voided_reason=""),
        lambda: grounds.update(ended_at=None),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            forbidden()


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["lift one", "lift", "withdraw", "contest"]),
        st.integers(0, 2),
        st.integers(1, 60),
    ),
    max_size=6,
)


@tried(8)
@given(steps=STEPS)
def test_whatever_is_lifted_the_step_never_rises_and_the_ledger_replays_to_the_rows(
    stage: Stage, steps: list[tuple[str, int, int]]
) -> None:
    point = transaction.savepoint()
    try:
        cases = [
            stage.upheld(*[stage.artefact(f"w{n}_{m}") for m in range(n + 1)]) for n in range(3)
        ]
        for name, which, days in steps:
            walk(stage, cases, name, which, DECIDED + days * DAY)
    finally:
        transaction.savepoint_rollback(point)


def walk(stage: Stage, cases: list[Case], name: str, which: int, at: datetime) -> None:
    """One thing that may happen to one case; the others' entries stay as they are."""
    case = cases[which]
    others = [stored(one.id) for one in cases if one != case]
    before = height(propose(standing(stage.paul.id), BUILT_IN, now=at).step)
    if name == "lift one":
        lift(case, at, items=[ClaimedItem.objects.filter(notice__case=case)[:1].get().id])
    if name == "lift":
        lift(case, at)
    if name == "contest" and all(not gone for gone in stored(case.id).values()):
        CaseRegime.objects.filter(case=case, state="measures").update(state="contested")
    if name == "withdraw":
        CaseRegime.objects.filter(case=case, state="measures").update(state="restored")
        lift(case, at, "withdrawn")
    after = height(propose(standing(stage.paul.id), BUILT_IN, now=at).step)
    assert after <= before
    assert [stored(one.id) for one in cases if one != case] == others
    assert stored(case.id) == replayed(case.id)
    assert all(one.weight >= 0 for one in StandingEntry.objects.all())


def test_where_the_law_wants_a_warning_first_no_more_is_ordered_without_one(stage: Stage) -> None:
    case = stage.upheld()
    regime = CaseRegime.objects.create(
        case=case, pack_id="eu-dsa-platform", pack_version="2026.1", pack_sha256="0" * 64
    )
    item = ClaimedItem.objects.select_related("artefact").get(notice__case=case)

    def order(level: str) -> None:
        wanted = Order("user_sanction", item=item, platform_user=stage.paul, level=level)
        impose(case, [regime], [wanted], user=stage.tara, now=LATER)

    with pytest.raises(NotWarned, match="wants a warning first"):
        order("suspend")
    order("warn")
    Measure.objects.filter(level="warn").update(state="executing")
    Measure.objects.filter(level="warn").update(state="in_force", in_force_at=DECIDED)
    with pytest.raises(NotWarned):
        order("suspend")  # told only after this notice was filed
    Case.objects.filter(id=case.id).update(filed_at=datetime(2026, 12, 1, tzinfo=UTC))
    case = Case.objects.get(id=case.id)
    order("suspend")
    assert Measure.objects.get(level="suspend").state == "proposed"
