"""A file is put away only when nothing that rests on it is still on its way."""

from datetime import UTC, datetime, timedelta

from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from deadlines.models import Deadline
from deadlines.services import sweep
from evidence.models import LedgerEntry
from measures.models import Measure
from measures.services.approval import approve, refuse
from notices.models import Case, CaseRegime
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import Stage

LATE = datetime(2026, 12, 1, tzinfo=UTC)
LATER = LATE + timedelta(days=3)


def standing(case: Case) -> tuple[str, list[str]]:
    regimes = CaseRegime.objects.filter(case=case).values_list("state", flat=True)
    return Case.objects.values_list("state", flat=True).get(id=case.id), list(regimes)


def sanction(case: Case) -> Measure:
    return Measure.objects.get(grounds__case=case, family="user_sanction")


def test_a_proposal_holds_the_file_open_and_is_named(stage: Stage) -> None:
    case = stage.upheld(sanction="suspend")

    sweep.run(LATE)

    assert standing(case) == ("accepted", ["measures"])
    clock = Deadline.objects.get(kind="notices.close_file")
    assert clock.state == "running"
    assert "wait for approval: User sanction Suspension (u_paul)" in clock.last_error
    assert "Approve or refuse" in clock.last_error


def test_a_proposal_that_is_refused_lets_the_file_close_from_the_moment_it_was_due(
    stage: Stage,
) -> None:
    case = stage.upheld(sanction="suspend")
    due = Deadline.objects.get(kind="notices.close_file").due_at
    sweep.run(LATE)
    refuse(sanction(case).id, "Too heavy.", user=stage.dan, now=LATE)

    sweep.run(LATER)

    assert standing(case) == ("closed", ["closed"])
    closed = LedgerEntry.objects.get(chain_id=case.id, event="case.closed")
    assert datetime.fromisoformat(closed.facts["effective_at"]) == due


def test_an_approved_measure_holds_the_file_open_until_the_platform_has_answered(
    stage: Stage,
) -> None:
    case = stage.upheld(sanction="suspend")
    sweep.run(LATE)
    measure = approve(sanction(case).id, user=stage.dan, now=LATE)

    sweep.run(LATER)
    clock = Deadline.objects.get(kind="notices.close_file")
    assert "still being carried out: User sanction Suspension (u_paul)" in clock.last_error
    assert standing(case)[0] == "accepted"

    Measure.objects.filter(id=measure.id).update(state="executing")
    Measure.objects.filter(id=measure.id).update(state="in_force", in_force_at=LATER)
    sweep.run(LATER + timedelta(days=1))

    assert standing(case) == ("closed", ["closed"])
    closed = LedgerEntry.objects.get(chain_id=case.id, event="case.closed")
    assert datetime.fromisoformat(closed.facts["effective_at"]) == LATER


def test_the_case_page_says_what_holds_the_file_open(
    stage: Stage, client: Client, settings: LazySettings
) -> None:
    settings.STAFF_MFA_REQUIRED = False
    case = stage.upheld(sanction="suspend")
    sweep.run(LATE)
    client.force_login(stage.tara)

    page = client.get(reverse("desk-case", args=[case.reference])).content.decode()

    assert "these wait for approval: User sanction Suspension (u_paul)" in page
