"""Two laws disagree: both rules before a person, their choice carried out, both sides told why."""

from datetime import UTC, datetime

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from counternotices.models import CounterNotice
from counternotices.services import arrivals, review
from deadlines.services import sweep as clocks
from measures.models import RegimeConflict
from notices.models import Case, CaseRegime
from notifications.models import Message
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import REVIEWED, Stage
from tests.database import Clock
from users.models import User

OVER = datetime(2026, 10, 9, 0, 0, tzinfo=UTC)
REASONS = {
    "reasons_en": "The Act has us weigh the merits; the mask is the same.",
    "reasons_zh": "该法要求审查实体问题，面具相同。",
}


@pytest.fixture
def two_laws(settings: LazySettings, clock: Clock) -> None:
    settings.REGIMES = ["cn-civil-code", "eu-dsa-platform"]
    settings.STAFF_MFA_REQUIRED = False
    clock.set(OVER)


def disputed(stage: Stage) -> tuple[Case, RegimeConflict]:
    """Nobody sued in China, and the complaint under the Act is not decided."""
    case = stage.upheld()
    counter = review.accept(stage.contest(case).id, user=stage.dan, now=REVIEWED)
    stage.deliver(counter, REVIEWED)
    arrivals.sweep(REVIEWED)
    clocks.run(OVER)
    return case, RegimeConflict.objects.get(case=case)


def signed_in(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def address(case: Case, conflict: RegimeConflict) -> str:
    return reverse("desk-conflict", args=[case.reference, conflict.id])


def letters(template: str) -> dict[str, str]:
    return dict(Message.objects.filter(template=template).values_list("party", "text"))


@pytest.mark.usefixtures("two_laws")
def test_both_sides_are_told_that_a_person_decides_and_nothing_is_called_ended(
    stage: Stage,
) -> None:
    case, _conflict = disputed(stage)
    told = letters("conflict_opened")
    assert set(told) == {"filer", "respondent"}
    for text in told.values():
        assert "PRC Civil Code" in text
        assert "EU DSA: online platform" in text
        assert "A person decides" in text
    assert not letters("restored_filer")
    assert not letters("restored_respondent")
    assert {one.state for one in stage.measures(case)} == {"in_force"}


@pytest.mark.usefixtures("two_laws")
def test_the_desk_counts_it_and_shows_both_rules_with_sources_and_no_proposal(
    client: Client, stage: Stage
) -> None:
    signed_in(client, stage.lea)
    empty = client.get(reverse("desk-conflicts")).content.decode()
    assert "No two laws disagree" in empty
    case, conflict = disputed(stage)

    listed = client.get(reverse("desk-conflicts")).content.decode()
    assert case.reference in listed
    assert '<span class="n num alarm">1</span>' in listed
    for page in (reverse("desk-case", args=[case.reference]), address(case, conflict)):
        html = client.get(page).content.decode()
        for words in (
            "PRC Civil Code art. 1196",
            "DSA (Regulation (EU) 2022/2065) art. 20",
            "This law gives the measures up",
            "This law still holds them",
        ):
            assert words in html, (page, words)
        assert "checked" not in html.partition('class="laws"')[2]


@pytest.mark.usefixtures("two_laws")
def test_restoring_lifts_ends_the_open_complaint_and_tells_both_why(
    client: Client, stage: Stage
) -> None:
    case, conflict = disputed(stage)
    signed_in(client, stage.lea)

    answer = client.post(address(case, conflict), {"decision": "restore", **REASONS})

    assert answer.status_code == 302
    assert {one.state for one in stage.measures(case)} == {"lifting"}
    states = CounterNotice.objects.filter(case_regime__case=case).values_list("state", flat=True)
    assert sorted(states) == ["ended", "prevailed"]
    assert set(CaseRegime.objects.filter(case=case).values_list("state", flat=True)) == {"restored"}
    assert Case.objects.get(id=case.id).state == "closed"
    told = letters("conflict_restored")
    assert set(told) == {"filer", "respondent"}
    assert all("the mask is the same" in text for text in told.values())
    arrivals.sweep(OVER)
    assert not letters("restored_respondent"), "they have been told already, and why"


@pytest.mark.usefixtures("two_laws")
def test_keeping_is_explained_in_each_ones_language_and_shown_on_the_case(
    client: Client, stage: Stage
) -> None:
    stage.paul.language = "zh-hans"
    stage.paul.save()
    case, conflict = disputed(stage)
    signed_in(client, stage.lea)

    client.post(address(case, conflict), {"decision": "keep", **REASONS})

    assert {one.state for one in stage.measures(case)} == {"in_force"}
    told = letters("conflict_kept")
    assert "the mask is the same" in told["filer"]
    assert "面具相同" in told["respondent"]
    html = client.get(reverse("desk-case", args=[case.reference])).content.decode()
    assert "Keep the measures" in html
    assert "the mask is the same" in html
    assert 'class="n num">0</span>' in client.get(reverse("desk-conflicts")).content.decode()


@pytest.mark.usefixtures("two_laws")
def test_without_a_choice_or_reasons_nothing_is_done_and_nothing_typed_is_lost(
    client: Client, stage: Stage
) -> None:
    case, conflict = disputed(stage)
    signed_in(client, stage.lea)
    answer = client.post(address(case, conflict), {**REASONS, "reasons_zh": ""})
    assert answer.status_code == 422
    assert "the mask is the same" in answer.content.decode()
    assert RegimeConflict.objects.get().closed_at is None


@pytest.mark.usefixtures("two_laws")
def test_deciding_twice_says_that_it_is_settled(client: Client, stage: Stage) -> None:
    case, conflict = disputed(stage)
    signed_in(client, stage.lea)
    client.post(address(case, conflict), {"decision": "keep", **REASONS})
    again = client.post(address(case, conflict), {"decision": "restore", **REASONS})
    assert again.status_code == 409
    assert RegimeConflict.objects.get().decision == "keep"


@pytest.mark.usefixtures("two_laws")
def test_the_affected_user_is_not_told_that_the_measures_end_while_a_person_decides(
    client: Client, stage: Stage
) -> None:
    case, conflict = disputed(stage)
    mine = reverse("answer", args=[stage.answer_link(case)])
    theirs = reverse("track", args=[stage.track_link(case)])
    for page in (mine, theirs):
        html = client.get(page).content.decode()
        assert "Two laws disagree" in html
        assert "<h1>The measures end</h1>" not in html
    signed_in(Client(), stage.lea).post(address(case, conflict), {"decision": "keep", **REASONS})
    html = client.get(mine).content.decode()
    assert "the mask is the same" in html
    assert "<h1>The measures end</h1>" not in html
