"""Triage through the pages: queue, claim, ask, uphold, decline, approvals."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from measures.models import Measure
from notices.models import Case, ClaimedItem
from notifications.models import Message
from platforms.models import Artefact
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import Stage
from tests.database import Clock
from users.models import User

NOON = datetime(2026, 9, 1, 4, 0, tzinfo=UTC)
REASONS = {"reasons_en": "The same mask.", "reasons_zh": "面具相同。"}


@pytest.fixture(autouse=True)
def noon(clock: Clock, settings: object) -> None:
    clock.set(NOON)
    settings.STAFF_MFA_REQUIRED = False  # type: ignore[attr-defined]


def as_person(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def press(client: Client, name: str, case: Case, **data: object) -> int:
    return client.post(reverse(name, args=[case.reference]), data).status_code


def prefixed(prefix: str, **data: object) -> dict[str, object]:
    return {f"{prefix}-{key}": value for key, value in data.items()}


def state(case: Case) -> str:
    return str(Case.objects.values_list("state", flat=True).get(id=case.id))


def test_the_queue_shows_a_case_with_its_clock_and_finds_it(stage: Stage) -> None:
    case = stage.filed()
    tara = as_person(stage.tara)

    page = tara.get(reverse("desk-queue", args=["triage"])).content.decode()

    assert case.reference in page
    assert "Nora Lind" in page
    found = tara.get(reverse("desk-queue", args=["all"]), {"q": "fox"}).content.decode()
    assert case.reference in found
    assert (
        case.reference
        not in tara.get(reverse("desk-queue", args=["all"]), {"q": "unicorn"}).content.decode()
    )
    assert tara.get(reverse("desk-queue", args=["nonsense"])).status_code == 404


def test_two_people_never_hold_one_case(stage: Stage) -> None:
    case = stage.filed()
    tara, dan = as_person(stage.tara), as_person(stage.dan)

    assert press(tara, "desk-claim", case) == 302
    assert press(dan, "desk-claim", case) == 409
    assert Case.objects.get(id=case.id).claimed_by_id == stage.tara.id
    assert (
        "Tara is working on this case."
        in dan.get(reverse("desk-case", args=[case.reference])).content.decode()
    )
    press(tara, "desk-release", case)
    assert press(dan, "desk-claim", case) == 302


def test_claiming_next_gives_two_people_two_cases(stage: Stage) -> None:
    first, second = stage.filed(stage.artefact("a")), stage.filed(stage.artefact("b"))

    for user in (stage.tara, stage.dan, stage.lea):
        as_person(user).post(reverse("desk-claim-next"))

    held = set(Case.objects.values_list("claimed_by_id", flat=True))
    assert held == {stage.tara.id, stage.dan.id}
    assert {first.id, second.id} == set(Case.objects.values_list("id", flat=True))


def test_asking_names_elements_of_the_pack_and_writes_to_the_filer(stage: Stage) -> None:
    case = stage.filed()
    tara = as_person(stage.tara)
    press(tara, "desk-claim", case)

    assert press(tara, "desk-ask", case) == 422
    asked = prefixed("ask", elements=["right_proof"], message="A registration would do.")
    assert press(tara, "desk-ask", case, **asked) == 302

    assert state(case) == "awaiting_filer"
    assert "A registration would do." in Message.objects.get(template="information_requested").text


def test_upholding_orders_measures_and_tells_both_sides(stage: Stage) -> None:
    case = stage.filed(stage.artefact("out_1"))
    tara = as_person(stage.tara)
    press(tara, "desk-claim", case)
    item = str(ClaimedItem.objects.get(notice__case=case).id)

    assert press(tara, "desk-uphold", case, **prefixed("uphold", items=[item])) == 422
    chosen = prefixed("uphold", items=[item], families=["content_removal"], **REASONS)
    assert press(tara, "desk-uphold", case, **chosen) == 302

    assert state(case) == "accepted"
    assert [m.family for m in stage.measures(case)] == ["content_removal"]
    letter = Message.objects.get(template="statement_of_reasons")
    assert letter.address == "paul@example.org"
    for words in ("The same mask.", "Removal of “Picture out_1”", "out_1", "15 calendar days"):
        assert words in letter.text
    assert Message.objects.filter(template="notice_accepted").exists()
    html = tara.get(reverse("desk-case", args=[case.reference])).content.decode()
    assert "Content removal" in html


def test_declining_needs_reasons_in_both_languages(stage: Stage) -> None:
    case = stage.filed()
    tara = as_person(stage.tara)
    press(tara, "desk-claim", case)

    assert press(tara, "desk-decline", case, **prefixed("decline", reasons_en="No.")) == 422
    assert press(tara, "desk-decline", case, **prefixed("decline", **REASONS)) == 302
    assert state(case) == "declined"
    assert Message.objects.filter(template="notice_declined").exists()


def test_only_who_holds_the_case_decides_it(stage: Stage) -> None:
    case = stage.filed()
    press(as_person(stage.tara), "desk-claim", case)

    refused = press(as_person(stage.dan), "desk-decline", case, **prefixed("decline", **REASONS))

    assert refused in {403, 409}
    assert state(case) == "in_review"


def suspended(stage: Stage) -> Measure:
    """A suspension that Tara proposed."""
    return next(m for m in stage.measures(stage.upheld(sanction="suspend")) if m.level)


def test_a_suspension_waits_for_another_person_who_approves_it(stage: Stage) -> None:
    measure = suspended(stage)
    dan = as_person(stage.dan)
    assert "Suspension" in dan.get(reverse("desk-approvals")).content.decode()

    assert dan.post(reverse("desk-approve", args=[measure.id])).status_code == 302

    fresh = Measure.objects.get(id=measure.id)
    assert (fresh.state, fresh.approved_by_id) == ("ordered", stage.dan.id)


def test_nobody_approves_their_own_and_a_refusal_gives_its_reason(stage: Stage) -> None:
    measure = suspended(stage)
    User.objects.filter(id=stage.tara.id).update(roles=["reviewer", "approver"])
    tara, dan = as_person(stage.tara), as_person(stage.dan)

    assert "Suspension" not in tara.get(reverse("desk-approvals")).content.decode()
    assert tara.post(reverse("desk-approve", args=[measure.id])).status_code == 403
    dan.post(reverse("desk-refuse", args=[measure.id]), {"reason": ""})
    assert Measure.objects.get(id=measure.id).state == "proposed"
    dan.post(reverse("desk-refuse", args=[measure.id]), {"reason": "First time."})
    assert Measure.objects.get(id=measure.id).state == "cancelled"


def test_the_queue_and_the_case_ask_the_same_queries_however_large(
    stage: Stage, django_assert_max_num_queries: object
) -> None:
    tara = as_person(stage.tara)
    for size in (1, 12):
        things: list[Artefact] = [stage.artefact(f"s{size}_{n}") for n in range(size)]
        case = stage.filed(*things)
        for number in range(size):
            stage.filed(stage.artefact(f"more{size}_{number}"))
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            assert tara.get(reverse("desk-queue", args=["triage"])).status_code == 200
        with django_assert_max_num_queries(40):  # type: ignore[operator]
            assert tara.get(reverse("desk-case", args=[case.reference])).status_code == 200


def test_a_page_number_of_thousands_of_digits_is_answered(stage: Stage) -> None:
    page = as_person(stage.tara).get(reverse("desk-queue", args=["all"]), {"page": "9" * 5_000})
    assert page.status_code == 200
