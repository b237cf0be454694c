"""What becomes of matches of the output check: the same file by the same user by itself, all else by a person."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from casework.services import staying_down
from common.actors import SETUP
from common.errors import Conflict, Forbidden, RedressError
from counternotices.services import review
from deadlines.models import Deadline
from deadlines.registry import kind_of
from deadlines.services import sweep as clocks
from evidence.models import LedgerEntry
from measures.models import Match, MatchSighting, Measure, MeasureGround
from measures.services import matches
from measures.services.follow import follow
from measures.services.match_deciding import Finding, dismiss
from notices.models import Case, ClaimedItem
from notices.services.decisions import withdraw
from notices.services.lifecycle import Step
from notifications.models import Message
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import CONTESTED, REVIEWED, Stage
from tests.matching import SHA256, TellingPlatform, seen_by_guard, work_of

AT = datetime.fromisoformat("2026-09-04T02:00:00+00:00")
HOUR = timedelta(hours=1)
REASONS = {"en": "The same mask and bell.", "zh-Hans": "面具与铃铛相同。"}
FOUND = Finding("The mask with the crack, and the bell.", REASONS)
PAUL = "u_paul"


@pytest.fixture
def platform() -> TellingPlatform:
    return TellingPlatform(AT)


@pytest.fixture
def case(stage: Stage) -> Case:
    return stage.upheld(stage.artefact("out_1"))


def round_(platform: TellingPlatform, at: datetime = AT) -> matches.MatchesResult:
    """What the two periodic tasks do, one after the other."""
    done = matches.sweep(platform, lambda: at)
    staying_down.sweep(at)
    return done


def match_of(case: Case, platform: TellingPlatform, at: datetime = AT, **told: str) -> Match:
    """A row of the guard, and what became of it in one round."""
    row = seen_by_guard(case, at, **told)
    round_(platform, at)
    return MatchSighting.objects.get(output_match=row).match


def letter() -> Message:
    return Message.objects.get(template="stay_down_statement")


def clock(match: Match) -> Deadline:
    return Deadline.objects.get(kind="measures.match", subject_id=match.id)


def test_the_same_file_by_the_same_user_is_taken_down_by_itself_with_reasons(
    stage: Stage, case: Case, platform: TellingPlatform
) -> None:
    platform.owners["out_2"] = PAUL
    match = match_of(case, platform, user=PAUL, output="out_2")
    assert match.state == "imposed"
    assert match.measure is not None
    assert match.measure.artefact is not None
    assert (match.measure.family, match.measure.artefact.external_id) == (
        "content_removal",
        "out_2",
    )
    ground = MeasureGround.objects.get(measure=match.measure)
    assert (ground.item, ground.ordered_by) == (ClaimedItem.objects.get(), stage.tara)
    told = letter()
    assert told.address == "u_paul@example.org"
    for words in ("recognised it automatically", "The mask and the bell are the same.", "Removal"):
        assert words in told.text
    entry = LedgerEntry.objects.get(event="match.imposed")
    assert (entry.actor, entry.facts["measure"]) == ("system:sweep", str(match.measure_id))
    assert round_(platform, AT + HOUR) == matches.MatchesResult(0, 0, 0)
    assert Message.objects.filter(template="stay_down_statement").count() == 1


def test_without_a_copy_on_the_service_the_refusal_of_delivery_is_on_record_and_told(
    case: Case, platform: TellingPlatform
) -> None:
    before = Measure.objects.count()
    match = match_of(case, platform, user=PAUL)
    assert (match.state, match.item) == ("withheld", ClaimedItem.objects.get())
    assert Measure.objects.count() == before
    assert "The output was not delivered" in letter().text
    assert SHA256 in letter().text


@pytest.mark.parametrize(
    "told",
    [
        {"user": "u_pia", "output": "out_2"},  # another user
        {"user": PAUL, "output": "out_2", "kind": "picture"},  # a likeness
        {"user": PAUL, "output": "out_2", "decision": "review"},  # a file that was handed in
        {"user": PAUL, "output": "out_3"},  # it is another one's, says the platform
        {"output": "out_2"},  # nobody said whose it is
    ],
)
def test_everything_else_waits_for_a_person_by_a_house_clock(
    case: Case, platform: TellingPlatform, told: dict[str, str]
) -> None:
    platform.owners |= {"out_2": told.get("user", PAUL), "out_3": "u_pia"}
    match = match_of(case, platform, **told)
    assert (match.state, match.measure, match.letter) == ("review", None, None)
    assert clock(match).due_at == AT + 48 * HOUR
    assert match.artefact is not None
    assert match.file is not None
    clocks.run(AT + 49 * HOUR)
    assert clock(match).state == "breached"


def test_the_clock_goes_on_when_the_case_is_closed() -> None:
    assert kind_of("measures.match").outlives_case


def contested(stage: Stage, case: Case) -> None:
    stage.contest(case)


def given_back(stage: Stage, case: Case) -> None:
    """One of two items is Paul's again, by a court for instance."""
    one = MeasureGround.objects.filter(case=case).earliest("id")
    MeasureGround.objects.filter(id=one.id).update(ended_at=AT, ended_reason="court")


@pytest.mark.parametrize("happens", [contested, given_back])
def test_nothing_is_imposed_by_itself_on_who_contests_or_was_given_something_back(
    stage: Stage, platform: TellingPlatform, happens: Callable[[Stage, Case], None]
) -> None:
    case = stage.upheld(stage.artefact("out_1"), stage.artefact("out_9"))
    happens(stage, case)
    platform.owners["out_2"] = PAUL
    assert match_of(case, platform, CONTESTED, user=PAUL, output="out_2").state == "review"


def test_a_file_put_away_goes_on_and_is_put_away_again(
    case: Case, platform: TellingPlatform
) -> None:
    clocks.run(AT + timedelta(days=400))
    assert Case.objects.get().state == "closed"
    platform.owners["out_2"] = PAUL
    late = AT + timedelta(days=401)
    assert match_of(case, platform, late, user=PAUL, output="out_2").state == "imposed"
    assert (Case.objects.get().state, case.regimes.get().state) == ("accepted", "measures")
    assert Deadline.objects.filter(kind="notices.close_file", state="running").exists()


def test_what_gives_the_item_back_ends_what_followed_by_itself(
    stage: Stage, case: Case, platform: TellingPlatform
) -> None:
    platform.owners["out_2"] = PAUL
    match = match_of(case, platform, user=PAUL, output="out_2")
    assert match.measure is not None
    stage.in_force(case)
    withdraw(case.id, actor=SETUP, now=CONTESTED)
    follow(case.id, Step(SETUP, CONTESTED))
    assert Measure.objects.get(id=match.measure_id).state == "lifting"


def test_a_match_whose_case_was_lifted_ends_by_itself(
    case: Case, platform: TellingPlatform
) -> None:
    match = match_of(case, platform, user="u_pia")
    withdraw(case.id, actor=SETUP, now=AT)
    assert round_(platform, AT + HOUR).ended == 1
    match = Match.objects.get(id=match.id)
    assert (match.state, match.ended_reason) == ("ended", "case_over")
    assert clock(match).state == "stopped"
    with pytest.raises(Conflict):
        dismiss(match.id, "late", user=case.decided_by, now=AT)  # type: ignore[arg-type]


def test_an_output_that_is_checked_again_and_again_is_one_match(
    case: Case, platform: TellingPlatform
) -> None:
    first = match_of(case, platform, user="u_pia", kind="picture")
    again = match_of(case, platform, AT + HOUR, user="u_pia", kind="picture")
    assert first == again
    assert MatchSighting.objects.filter(match=first).count() == 2
    assert match_of(case, platform, user="u_pia", kind="picture", sha256="b" * 64) != first


def test_an_outage_holds_up_nothing_but_the_picture(case: Case, platform: TellingPlatform) -> None:
    platform.outage = True
    match = match_of(case, platform, user="u_pia", output="out_2", kind="picture")
    assert (match.state, match.looked_at) == ("review", None)
    assert "could not be reached" in match.last_error
    platform.outage, platform.owners["out_2"] = False, "u_pia"
    assert round_(platform, AT + HOUR).looked_up == 1
    match = Match.objects.get(id=match.id)
    assert match.platform_user is not None
    assert match.platform_user.email == "u_pia@example.org"


def test_a_platform_that_does_not_answer_for_long_is_a_matter_for_a_person(
    case: Case, platform: TellingPlatform
) -> None:
    platform.outage = True
    match = match_of(case, platform, user=PAUL, output="out_2")
    assert match.state == "found"
    for hours in range(1, 10):
        round_(platform, AT + hours * HOUR)
    assert Match.objects.get(id=match.id).state == "review"


def test_a_person_upholds_once_and_a_further_item_its_measure_and_letter_follow(
    stage: Stage, case: Case, platform: TellingPlatform
) -> None:
    platform.owners["out_2"] = "u_pia"
    match = match_of(case, platform, user="u_pia", output="out_2", kind="picture")
    with pytest.raises(RedressError, match="what expression"):
        staying_down.uphold(match.id, Finding("  ", REASONS), user=stage.dan, now=AT + HOUR)
    with pytest.raises(Forbidden):
        staying_down.uphold(match.id, FOUND, user=stage.eno, now=AT + HOUR)
    done = staying_down.uphold(match.id, FOUND, user=stage.dan, now=AT + HOUR)
    assert (done.state, done.decided_by) == ("upheld", stage.dan)
    item = ClaimedItem.objects.get(number=2)
    assert (item.outcome, item.locator, done.item) == ("upheld", "out_2", item)
    assert done.measure is not None
    assert done.measure.state == "ordered"
    told = letter()
    assert told.address == "u_pia@example.org"
    for words in ("A person then compared", "mask with the crack", "The same mask and bell."):
        assert words in told.text
    assert clock(done).state == "met"
    with pytest.raises(Conflict):
        staying_down.uphold(match.id, FOUND, user=stage.tara, now=AT + HOUR)
    with pytest.raises(Conflict):
        dismiss(match.id, "No.", user=stage.tara, now=AT + HOUR)


def test_an_upheld_output_that_was_never_delivered_is_an_item_without_a_measure(
    stage: Stage, case: Case, platform: TellingPlatform
) -> None:
    match = match_of(case, platform, user="u_pia", kind="picture")
    done = staying_down.uphold(match.id, FOUND, user=stage.dan, now=AT)
    assert done.item is not None
    assert (done.item.locator, done.measure) == (f"sha256:{SHA256}", None)
    assert letter().address == "u_pia@example.org"


def test_a_dismissal_keeps_its_reason_and_nobody_outside_is_told(
    stage: Stage, case: Case, platform: TellingPlatform
) -> None:
    match = match_of(case, platform, user="u_pia", kind="picture")
    with pytest.raises(RedressError, match="reason"):
        dismiss(match.id, " ", user=stage.dan, now=AT)
    done = dismiss(match.id, "Only the palette is alike.", user=stage.dan, now=AT)
    assert (done.state, done.reasons) == ("dismissed", {"note": "Only the palette is alike."})
    assert not Message.objects.filter(template="stay_down_statement").exists()
    assert LedgerEntry.objects.filter(event="match.dismissed").count() == 1


def test_what_was_refused_in_the_case_is_not_upheld_through_a_match(
    stage: Stage, case: Case, platform: TellingPlatform
) -> None:
    ClaimedItem.objects.create(
        notice=case.notice,
        number=7,
        kind="output",
        locator="out_2",
        artefact=stage.artefact("out_2", stage.user("pia")),
        outcome="declined",
    )
    platform.owners["out_2"] = "u_pia"
    match = match_of(case, platform, user="u_pia", output="out_2", kind="picture")
    with pytest.raises(Conflict, match="item 7"):
        staying_down.uphold(match.id, FOUND, user=stage.dan, now=AT)


def test_the_database_keeps_what_was_found_and_guards_every_step(
    stage: Stage, case: Case, platform: TellingPlatform
) -> None:
    match = match_of(case, platform, user="u_pia", kind="picture")
    rows = Match.objects.filter(id=match.id)
    bad: list[tuple[type[Exception], dict[str, object]]] = [
        (DatabaseError, {"output_sha256": "c" * 64}),
        (DatabaseError, {"state": "imposed", "closed_at": AT}),
        (IntegrityError, {"state": "upheld", "closed_at": AT}),
        (IntegrityError, {"closed_at": AT}),
    ]
    for error, change in bad:
        with pytest.raises(error), transaction.atomic():
            rows.update(**change)
    dismiss(match.id, "No.", user=stage.dan, now=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(reasons={"note": "Other."})
    for table in (Match, MatchSighting):
        with pytest.raises(DatabaseError), transaction.atomic():
            table.objects.all().delete()


def test_a_row_of_no_case_is_nobodys_match(case: Case, platform: TellingPlatform) -> None:
    work_of(case, AT)
    assert round_(platform).picked_up == 0


def test_a_restored_user_is_judged_by_a_person_alone(
    stage: Stage, platform: TellingPlatform
) -> None:
    """Through the whole of a counter-notice: Nora did not sue."""
    case = stage.upheld(stage.artefact("out_1"))
    counter = review.accept(stage.contest(case).id, user=stage.dan, now=REVIEWED)
    stage.deliver(counter, REVIEWED)
    assert match_of(case, platform, REVIEWED, user=PAUL).state == "review"
