"""Courts: an order holds what it names and nothing else; urgent rulings, the time to sue, reverse preservation."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import LazySettings

from common.actors import filer
from common.errors import Conflict, Forbidden, RedressError
from counternotices.errors import PaperOutOfOrder
from counternotices.models import CounterNotice, CourtOrder
from counternotices.services import arrivals, courts, review
from counternotices.services.courts import Matter
from counternotices.services.proceedings import Ending, end_proceedings
from counternotices.services.waiting import file_suit_proof
from deadlines.errors import PeriodOver
from deadlines.models import Deadline
from deadlines.services import sweep
from evidence.models import LedgerEntry
from measures.models import Measure, MeasureGround
from notices.models import Case, CaseRegime
from notifications.models import Message
from tests.counternotices.papers import paper
from tests.counternotices.stage import REASONS, REVIEWED, Stage

SHANGHAI = ZoneInfo("Asia/Shanghai")
ARRIVED = datetime(2026, 9, 16, 2, tzinfo=UTC)
ORDERED = datetime(2026, 9, 20, 2, tzinfo=UTC)
WAIT_ENDS = datetime(2026, 10, 9, tzinfo=SHANGHAI)
LIFTED = datetime(2026, 11, 2, 2, tzinfo=UTC)


def matter(measures: Sequence[Measure], effect: str = "keep", **more: bool) -> Matter:
    return Matter(
        effect, [one.id for one in measures], "Guangzhou Internet Court", "(2026) 1", **more
    )


def ordered(stage: Stage, case: Case, measures: Sequence[Measure], **more: bool) -> CourtOrder:
    regime = CaseRegime.objects.filter(case=case).order_by("pack_id")[0]
    return courts.record_order(
        regime, matter(measures, **more), paper(ORDERED), user=stage.lea, now=ORDERED
    )


def waiting(stage: Stage, case: Case) -> CounterNotice:
    counter = stage.forwarded(case)
    stage.deliver(counter, ARRIVED)
    arrivals.sweep(ARRIVED)
    return counter


def state(row: CounterNotice | CourtOrder) -> str:
    return str(type(row).objects.values_list("state", flat=True).get(id=row.id))


def standing(stage: Stage, case: Case) -> dict[str, str]:
    return {m.artefact.external_id: m.state for m in stage.measures(case) if m.artefact}


def named(stage: Stage, case: Case, name: str) -> Measure:
    return next(m for m in stage.measures(case) if m.artefact and m.artefact.external_id == name)


def clock(kind: str, row: CourtOrder) -> Deadline:
    return Deadline.objects.get(kind=f"counternotices.{kind}", subject_id=row.id)


def test_an_order_keeps_the_measures_it_names_until_it_is_lifted_and_the_wait_goes_on(
    stage: Stage,
) -> None:
    case = stage.upheld(stage.artefact("held"), stage.artefact("free"))
    counter = waiting(stage, case)
    before = Deadline.objects.get(kind="counternotices.wait").due_at
    order = ordered(stage, case, [named(stage, case, "held")])
    assert Deadline.objects.get(kind="counternotices.wait").due_at == before == WAIT_ENDS

    sweep.run(WAIT_ENDS)

    assert state(counter) == "prevailed"
    assert standing(stage, case) == {"held": "in_force", "free": "lifting"}
    courts.lift(order.id, paper(LIFTED), user=stage.lea, now=LIFTED)
    assert standing(stage, case) == {"held": "lifting", "free": "lifting"}
    assert Message.objects.filter(template="court_order_filer").count() == 2
    assert Message.objects.filter(template="court_order_respondent").count() == 2
    events = set(LedgerEntry.objects.filter(chain_id=case.id).values_list("event", flat=True))
    assert {
        "court_order.received",
        "court_order.lifted",
        "measure.frozen",
        "measure.thawed",
    } <= events


def test_an_order_that_is_lifted_before_the_wait_ends_leaves_no_trace_on_the_wait(
    stage: Stage,
) -> None:
    case = stage.upheld(stage.artefact("held"))
    counter = waiting(stage, case)
    order = ordered(stage, case, stage.measures(case))
    soon = ORDERED + timedelta(days=3)
    courts.lift(order.id, paper(soon), user=stage.lea, now=soon)

    sweep.run(WAIT_ENDS - timedelta(seconds=1))
    assert standing(stage, case) == {"held": "in_force"}
    sweep.run(WAIT_ENDS)

    assert state(counter) == "prevailed"
    assert standing(stage, case) == {"held": "lifting"}


def test_a_hold_freezes_nothing_of_another_respondent_nor_of_another_regime(
    stage: Stage, settings: LazySettings
) -> None:
    settings.REGIMES = ["cn-civil-code", "eu-dsa-platform"]
    pia = stage.user("pia")
    case = stage.upheld(stage.artefact("his"), stage.artefact("hers", pia))
    rows = {}
    for person in (stage.paul, pia):
        stage.contest(case, person)
    for row in CounterNotice.objects.select_related("case_regime"):
        rows[row.respondent_id, row.case_regime.pack_id] = row
        more = {"reasons": REASONS} if row.case_regime.pack_id.startswith("eu") else {}
        review.accept(row.id, user=stage.dan, now=REVIEWED, **more)  # type: ignore[arg-type]
    for row in CounterNotice.objects.filter(forwarding__isnull=False):
        stage.deliver(row, ARRIVED)
    arrivals.sweep(ARRIVED)
    ordered(stage, case, [named(stage, case, "his")])
    assert state(rows[pia.id, "cn-civil-code"]) == "waiting"
    assert state(rows[stage.paul.id, "cn-civil-code"]) == "waiting"
    assert state(rows[stage.paul.id, "eu-dsa-platform"]) == "prevailed", "decided on the merits"

    sweep.run(WAIT_ENDS)

    assert standing(stage, case) == {"his": "in_force", "hers": "lifting"}
    assert not MeasureGround.objects.filter(case=case, ended_at=None).exists()
    assert {r.state for r in CaseRegime.objects.filter(case=case)} == {"restored"}


def test_the_court_owes_its_ruling_on_an_urgent_application_in_48_hours(stage: Stage) -> None:
    case = stage.upheld(stage.artefact("a"))
    regime = CaseRegime.objects.get(case=case)
    asked = matter(stage.measures(case), urgent=True, before_suit=True)
    order = courts.record_application(regime, asked, paper(ORDERED), user=stage.lea, now=ORDERED)

    assert clock("court_ruling", order).due_at == ORDERED + timedelta(hours=48)
    assert clock("court_ruling", order).owes == "court"
    ruled = ORDERED + timedelta(hours=30)
    courts.grant(order.id, paper(ruled), user=stage.lea, now=ruled)

    assert clock("court_ruling", order).state == "met"
    assert clock("sue", order).last_day.isoformat() == "2026-10-21"
    assert state(order) == "in_force"


def test_a_refused_application_freezes_nothing(stage: Stage) -> None:
    case = stage.upheld(stage.artefact("a"))
    counter = waiting(stage, case)
    regime = CaseRegime.objects.get(case=case)
    asked = matter(stage.measures(case), urgent=True)
    order = courts.record_application(regime, asked, paper(ORDERED), user=stage.lea, now=ORDERED)
    courts.refuse(order.id, paper(ORDERED), user=stage.lea, now=ORDERED)

    sweep.run(WAIT_ENDS)

    assert (state(order), state(counter)) == ("refused", "prevailed")
    assert standing(stage, case) == {"a": "lifting"}


def test_preservation_before_the_suit_falls_away_when_nobody_sues_in_30_days(stage: Stage) -> None:
    case = stage.upheld(stage.artefact("a"))
    counter = waiting(stage, case)
    order = ordered(stage, case, stage.measures(case), before_suit=True)
    sweep.run(WAIT_ENDS)
    assert state(counter) == "prevailed"
    end = clock("sue", order).due_at
    assert end == datetime(2026, 10, 21, tzinfo=SHANGHAI), "20 September and 30 days"

    sweep.run(end - timedelta(seconds=1))
    assert standing(stage, case) == {"a": "in_force"}
    sweep.run(end)

    assert state(order) == "lapsed"
    assert standing(stage, case) == {"a": "lifting"}
    assert (
        "fallen away"
        in Message.objects.filter(template="court_order_filer").latest("queued_at").text
    )
    assert (
        "fallen away"
        in Message.objects.filter(template="court_order_respondent").latest("queued_at").text
    )


def test_suit_in_time_keeps_the_preservation_and_too_late_it_does_not(stage: Stage) -> None:
    case = stage.upheld(stage.artefact("a"))
    order = ordered(stage, case, stage.measures(case), before_suit=True)
    end = clock("sue", order).due_at
    with pytest.raises(PeriodOver):
        courts.show_suit(order.id, paper(end), user=stage.lea, now=end)
    in_time = end - timedelta(seconds=1)
    courts.show_suit(order.id, paper(in_time), user=stage.lea, now=end + timedelta(days=2))

    sweep.run(end + timedelta(days=3))

    assert state(order) == "in_force"
    assert clock("sue", order).state == "met"


def test_reverse_preservation_gives_back_what_it_names_at_once(stage: Stage) -> None:
    case = stage.upheld(stage.artefact("named"), stage.artefact("other"))
    counter = waiting(stage, case)
    regime = CaseRegime.objects.get(case=case)
    one = named(stage, case, "named")
    courts.record_order(
        regime, matter([one], "restore"), paper(ORDERED), user=stage.lea, now=ORDERED
    )

    assert standing(stage, case) == {"named": "lifting", "other": "in_force"}
    assert state(counter) == "waiting", "the other measure is still contested"
    ground = MeasureGround.objects.get(measure=one)
    assert (ground.ended_reason, ground.ended_at) == ("court", ORDERED)


def test_what_is_recorded_of_a_court_is_checked(stage: Stage) -> None:
    case = stage.upheld(stage.artefact("a"))
    other = stage.upheld(stage.artefact("b"))
    regime = CaseRegime.objects.get(case=case)
    mine = matter(stage.measures(case))

    with pytest.raises(Forbidden):
        courts.record_order(regime, mine, paper(ORDERED), user=stage.eno, now=ORDERED)
    foreign = matter(stage.measures(other))
    with pytest.raises(RedressError, match="measures of this case"):
        courts.record_order(regime, foreign, paper(ORDERED), user=stage.lea, now=ORDERED)
    with pytest.raises(PaperOutOfOrder):
        courts.record_order(
            regime, mine, paper(LIFTED), user=stage.lea, now=LIFTED - timedelta(seconds=1)
        )
    order = courts.record_order(regime, mine, paper(ORDERED), user=stage.lea, now=ORDERED)
    with pytest.raises(PaperOutOfOrder):
        courts.lift(order.id, paper(ORDERED - timedelta(seconds=1)), user=stage.lea, now=LIFTED)
    courts.lift(order.id, paper(LIFTED), user=stage.lea, now=LIFTED)
    with pytest.raises(Conflict):
        courts.lift(order.id, paper(LIFTED), user=stage.lea, now=LIFTED)


def held(stage: Stage) -> CounterNotice:
    counter = waiting(stage, stage.upheld(sanction="warn"))
    file_suit_proof(counter.id, stage.proof(ORDERED), actor=filer(counter.id), now=ORDERED)
    return counter


def ending(outcome: str, at: datetime = LIFTED) -> Ending:
    given = paper(at)
    return Ending(outcome, "Guangzhou Internet Court", "(2026) 1", given.file, given.effective_at)


@pytest.mark.parametrize("outcome", ["dismissed", "withdrawn", "settled_ends"])
def test_proceedings_that_end_against_the_right_holder_end_the_measures(
    stage: Stage, outcome: str
) -> None:
    counter = held(stage)

    end_proceedings(counter.id, ending(outcome), user=stage.lea, now=LIFTED + timedelta(days=1))

    assert state(counter) == "prevailed"
    case = counter.case_regime.case
    assert {m.state for m in stage.measures(case)} == {"lifting"}
    assert set(MeasureGround.objects.filter(case=case).values_list("ended_at", flat=True)) == {
        LIFTED
    }
    for side in ("filer", "respondent"):
        assert Message.objects.filter(template=f"proceedings_ended_{side}").exists()


@pytest.mark.parametrize("outcome", ["for_right_holder", "settled_stays"])
def test_proceedings_that_end_for_the_right_holder_leave_the_measures_for_good(
    stage: Stage, outcome: str
) -> None:
    counter = held(stage)
    case = counter.case_regime.case

    end_proceedings(counter.id, ending(outcome), user=stage.lea, now=LIFTED)

    assert state(counter) == "confirmed"
    assert {m.state for m in stage.measures(case)} == {"in_force"}
    assert CaseRegime.objects.get(case=case).state == "measures"
    with pytest.raises(IndexError):
        stage.contest(case, now=LIFTED)
    sweep.run(LIFTED + timedelta(days=60))
    assert Case.objects.get(id=case.id).state == "closed", "the file is put away in time"
    assert {m.state for m in stage.measures(case)} == {"in_force"}


def test_only_held_proceedings_end_and_not_in_the_future(stage: Stage) -> None:
    counter = held(stage)
    with pytest.raises(Forbidden):
        end_proceedings(counter.id, ending("dismissed"), user=stage.eve, now=LIFTED)
    with pytest.raises(PaperOutOfOrder):
        end_proceedings(
            counter.id, ending("dismissed"), user=stage.lea, now=LIFTED - timedelta(days=1)
        )
    end_proceedings(counter.id, ending("dismissed"), user=stage.lea, now=LIFTED)
    with pytest.raises(Conflict):
        end_proceedings(counter.id, ending("dismissed"), user=stage.lea, now=LIFTED)
