"""Suites on every build: what was asked and drawn is kept, a verdict ends the ticket, a regression opens it again."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from common.errors import Conflict, Forbidden, NotFound, RedressError
from deadlines.models import Deadline
from evidence.models import LedgerEntry
from measures.models import Measure, MeasureCheck, Probe, ProbeResult, ProbeRun, TicketModel
from measures.services import order_again, record_acknowledgement
from measures.services.orders import Order
from measures.services.probe_rounds import LEASE, open_next
from measures.services.probes import Wish, add_probe, judge_output, propose_probe, review_probe
from measures.services.shown import Shown, verification
from measures.services.tickets import Plan, ask_for_run, move_ticket, plan_ticket
from notifications.models import Message
from platforms.contract import PlatformError
from tests.measures.conftest import NOW, Stage
from tests.measures.model_platform import TERMS, Workshop, model_of, workshop
from tests.measures.test_acknowledging import PLATFORM, told

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def shop(stage: Stage) -> Workshop:
    return workshop(stage)


def verifying(shop: Workshop, at: object = NOW) -> None:
    eno = shop.stage.eno
    plan_ticket(shop.measure.id, Plan("fine_tune", eno), user=eno, now=NOW)
    move_ticket(shop.measure.id, "verifying", user=eno, now=NOW)


def mended(shop: Workshop, build: str = "ink+1") -> None:
    shop.platform.knows, shop.platform.build = set(), build


def done(shop: Workshop) -> None:
    """Failed on the old build, mended, verified an hour later."""
    shop.look(NOW)
    verifying(shop)
    mended(shop)
    shop.look(NOW + HOUR)
    assert shop.state == "done"


def verdicts() -> dict[str, str]:
    latest = (
        ProbeRun.objects.order_by("suite_id", "-at").distinct("suite_id").select_related("suite")
    )
    return {run.suite.kind: run.verdict for run in latest}


def letters(template: str) -> list[Message]:
    return list(Message.objects.filter(template=template).order_by("queued_at"))


def test_a_run_keeps_build_seeds_hashes_and_scores(shop: Workshop) -> None:
    assert shop.look(NOW).ran == 2
    run = ProbeRun.objects.get(suite__kind="normal")
    assert (run.build, run.asked, run.drawn, run.similar, run.verdict) == (
        "ink+0",
        4,
        4,
        4,
        "failed",
    )
    result = ProbeResult.objects.filter(run=run).first()
    assert result is not None
    assert len(result.prompt_sha256) == len(result.sha256) == 64
    assert (result.seed, result.similar) == (11, True)
    assert result.score is not None
    assert result.score > 0.9
    assert result.against
    assert shop.platform.asked[0][2][0].seed == 11
    with pytest.raises(DatabaseError), transaction.atomic():
        ProbeRun.objects.update(verdict="passed")
    with pytest.raises(DatabaseError), transaction.atomic():
        ProbeResult.objects.all().delete()


def test_nothing_is_asked_twice_on_the_same_build(shop: Workshop) -> None:
    assert shop.look(NOW).ran == 2
    assert shop.look(NOW + HOUR).ran == 0
    shop.platform.build = "ink+1"
    assert shop.look(NOW + 2 * HOUR).ran == 2
    ask_for_run(shop.measure.id, user=shop.stage.tara, now=NOW + 2 * HOUR)
    assert shop.look(NOW + 2 * HOUR + timedelta(seconds=1)).ran == 2


def test_a_ticket_in_verification_ends_by_its_verdict_and_the_right_holder_is_told(
    shop: Workshop,
) -> None:
    shop.look(NOW)
    assert verdicts() == {"normal": "failed", "adversarial": "failed"}
    verifying(shop)
    shop.look(NOW + timedelta(seconds=1))
    assert shop.state == "in_progress", "verification is no verdict"
    with pytest.raises(Conflict, match="still bring the work out"):
        move_ticket(shop.measure.id, "done", user=shop.stage.eno, now=NOW)
    mended(shop)
    shop.look(NOW + HOUR)
    assert shop.state == "done"
    measure = Measure.objects.get(id=shop.measure.id)
    assert measure.verified_at == NOW + HOUR
    assert verification(measure).shown == Shown.VERIFIED
    assert Deadline.objects.get(kind="measures.ticket").state == "met"
    [letter] = letters("model_verified")
    assert "verified on build ink+1, 4 of 4 prompts of normal use" in letter.text
    assert LedgerEntry.objects.filter(event="ticket.verified").count() == 1


def test_a_mended_model_may_be_closed_by_hand_and_only_then(shop: Workshop) -> None:
    mended(shop)
    shop.look(NOW)
    assert shop.state == "in_progress", "nobody put it into verification"
    move_ticket(shop.measure.id, "done", user=shop.stage.eno, now=NOW + HOUR)
    assert shop.state == "done"


def test_a_new_build_runs_closed_suites_again_and_a_regression_reopens_and_alarms(
    shop: Workshop,
) -> None:
    done(shop)
    shop.platform.build = "ink+2"
    shop.look(NOW + DAY)
    held = Measure.objects.get(id=shop.measure.id)
    assert (held.state, held.verified_at) == ("done", NOW + DAY)
    assert len(letters("model_verified")) == 1, "nobody is told every night"
    shop.platform.knows, shop.platform.build = {"fox"}, "ink+3"
    shop.look(NOW + 2 * DAY)
    lost = Measure.objects.get(id=shop.measure.id)
    assert (lost.state, lost.verified_at, lost.found_broken_at) == (
        "in_progress",
        None,
        NOW + 2 * DAY,
    )
    assert lost.alarmed_at == NOW + 2 * DAY
    assert (shop.ticket.stage, shop.ticket.regressed_at) == ("mitigating", NOW + 2 * DAY)
    assert "on build ink+3, 0 of 4" in letters("model_regressed")[0].text
    clocks = Deadline.objects.filter(kind="measures.ticket").order_by("triggered_at")
    assert [clock.state for clock in clocks] == ["met", "running"]
    with pytest.raises(Conflict):
        order_again(shop.measure.id, user=shop.stage.tara, now=NOW + 2 * DAY)
    mended(shop, "ink+4")
    move_ticket(shop.measure.id, "verifying", user=shop.stage.eno, now=NOW + 2 * DAY)
    assert Measure.objects.get(id=shop.measure.id).alarmed_at is None
    shop.look(NOW + 3 * DAY)
    assert (shop.state, shop.ticket.regressed_at) == ("done", None)
    assert len(letters("model_verified")) == 2


def test_a_regression_beside_a_newer_ticket_is_an_alarm_and_no_second_ticket(
    shop: Workshop,
) -> None:
    done(shop)
    order = Order("model_optimisation", artefact=model_of(shop), parameters={"terms": TERMS})
    [newer] = shop.stage.impose(shop.stage.case(), order)
    shop.platform.knows, shop.platform.build = {"fox"}, "ink+2"
    shop.look(NOW + DAY)
    old = Measure.objects.get(id=shop.measure.id)
    assert (old.state, old.verified_at) == ("done", None)
    assert old.alarmed_at is not None
    entry = LedgerEntry.objects.get(event="ticket.regressed")
    assert entry.facts["carried_by"] == str(newer.id)


def test_the_platforms_word_that_it_is_done_has_the_suites_run_and_no_more(shop: Workshop) -> None:
    shop.look(NOW)
    for _twice in range(2):
        record_acknowledgement(shop.measure.id, told("applied", "a2"), actor=PLATFORM, now=NOW)
    assert (shop.state, shop.ticket.stage) == ("in_progress", "verifying")
    shop.look(NOW + timedelta(seconds=1))
    assert shop.state == "in_progress", "it was not true"
    mended(shop)
    shop.look(NOW + HOUR)
    assert shop.state == "done"


def test_where_everything_is_refused_the_run_shows_nothing_unless_that_is_the_mitigation(
    shop: Workshop,
) -> None:
    shop.platform.refuses = {""}
    verifying(shop)
    shop.look(NOW)
    assert verdicts() == {"normal": "unproven", "adversarial": "unproven"}
    with pytest.raises(Conflict, match="shows nothing"):
        move_ticket(shop.measure.id, "done", user=shop.stage.eno, now=NOW)
    plan_ticket(shop.measure.id, Plan("classifier", None), user=shop.stage.eno, now=NOW)
    ask_for_run(shop.measure.id, user=shop.stage.eno, now=NOW)
    shop.look(NOW + HOUR)
    assert shop.state == "done"
    assert "because it refused them" in letters("model_verified")[0].text


def test_an_outage_says_nothing_and_is_tried_again(shop: Workshop) -> None:
    shop.platform.error = PlatformError("outage", permanent=False)
    assert shop.look(NOW).ran == 0
    model = TicketModel.objects.get()
    assert (model.misses, model.last_error) == (1, "outage")
    assert shop.look(NOW).looked == 0
    shop.platform.error = None
    assert shop.look(NOW + timedelta(minutes=1)).ran == 2
    assert TicketModel.objects.get().misses == 0


def test_a_platform_whose_outputs_are_not_those_it_named_proves_nothing(shop: Workshop) -> None:
    shop.platform.lies = True
    mended(shop)
    assert shop.look(NOW).ran == 0
    assert "not the one that the platform named" in TicketModel.objects.get().last_error


def test_two_workers_do_not_look_at_the_same_model(shop: Workshop) -> None:
    assert open_next(now=NOW) is not None
    assert open_next(now=NOW + HOUR / 60) is None
    assert open_next(now=NOW + LEASE) is not None, "a worker that was killed holds it no longer"


def test_what_nobody_asks_for_any_more_is_not_probed(shop: Workshop) -> None:
    done(shop)
    shop.stage.release(shop.measure)
    assert shop.look(NOW + DAY).looked == 0


def test_a_right_holders_probe_waits_for_review_and_then_counts(shop: Workshop) -> None:
    done(shop)
    shop.platform.knows = {"white mask"}
    probe = propose_probe(
        shop.case, shop.measure.id, "a white mask with red strokes", actor=PLATFORM, now=NOW + HOUR
    )
    assert shop.look(NOW + 2 * HOUR).ran == 0
    review_probe(probe.id, use=True, reason="", user=shop.stage.eno, now=NOW + 2 * HOUR)
    assert shop.look(NOW + 2 * HOUR).ran == 1
    assert shop.state == "in_progress", "it fails where the others hold"
    with pytest.raises(Conflict):
        review_probe(probe.id, use=True, reason="", user=shop.stage.eno, now=NOW)


def test_a_proposal_is_judged_by_staff_and_bounded(shop: Workshop) -> None:
    def propose(prompt: str) -> Probe:
        return propose_probe(shop.case, shop.measure.id, prompt, actor=PLATFORM, now=NOW)

    for number in range(10):
        propose(f"prompt {number}")
    with pytest.raises(Conflict):
        propose("one too many")
    first = Probe.objects.get(prompt="prompt 0")
    with pytest.raises(RedressError, match="Say why"):
        review_probe(first.id, use=False, reason=" ", user=shop.stage.tara, now=NOW)
    with pytest.raises(Forbidden):
        review_probe(first.id, use=True, reason="", user=shop.stage.eve, now=NOW)
    review_probe(first.id, use=False, reason="It names nobody.", user=shop.stage.tara, now=NOW)
    with pytest.raises(RedressError, match="among the probes"):
        propose("prompt 1")
    with pytest.raises(RedressError):
        propose(" ")
    other = shop.stage.case()
    with pytest.raises(NotFound):
        propose_probe(other, shop.measure.id, "mine", actor=PLATFORM, now=NOW)


def test_a_person_sees_what_the_output_check_does_not_and_the_ticket_opens_again(
    shop: Workshop,
) -> None:
    done(shop)
    result = ProbeResult.objects.filter(run__build="ink+1", run__suite__kind="normal").first()
    assert result is not None
    with pytest.raises(RedressError):
        judge_output(result.id, " ", user=shop.stage.tara, now=NOW + DAY)
    judge_output(result.id, "The mask is hers.", user=shop.stage.tara, now=NOW + DAY)
    assert shop.state == "in_progress"
    assert MeasureCheck.objects.get(at=NOW + DAY).outcome == "broken"
    with pytest.raises(Conflict, match="still bring"):
        move_ticket(shop.measure.id, "done", user=shop.stage.eno, now=NOW + DAY)
    with pytest.raises(Conflict):
        judge_output(result.id, "Again.", user=shop.stage.tara, now=NOW + DAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        Measure.objects.filter(id=shop.measure.id).update(state="done")


def test_a_probe_that_staff_add_runs_with_its_suite(shop: Workshop) -> None:
    shop.look(NOW)
    add_probe(shop.measure.id, Wish("adversarial", "huling", 5), user=shop.stage.dan, now=NOW)
    assert shop.look(NOW + timedelta(seconds=1)).ran == 1
    run = ProbeRun.objects.filter(suite__kind="adversarial").latest("at")
    assert ProbeResult.objects.filter(run=run, probe__prompt="huling", seed=5).count() == 1
