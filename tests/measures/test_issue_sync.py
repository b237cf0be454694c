"""Tickets told to GitHub Issues: created, commented, closed, opened again; late rather than twice, and in order."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.conf import LazySettings

from measures.github import GitHub, GitHubError
from measures.models import TicketSync
from measures.services import progress_ticket
from measures.services.issue_sync import LEASE, REFUSED_WAIT, sweep, tell
from measures.services.tickets import Plan, plan_ticket
from tests.measures.conftest import NOW, Stage
from tests.measures.fake_github import REPOSITORY, TOKEN, FakeGitHub
from tests.measures.model_platform import Workshop, workshop

HOUR = timedelta(hours=1)


@pytest.fixture
def hub() -> Iterator[FakeGitHub]:
    with FakeGitHub() as running:
        yield running


@pytest.fixture
def shop(stage: Stage, settings: LazySettings) -> Workshop:
    settings.GITHUB_REPOSITORY = REPOSITORY
    return workshop(stage)


def sync(shop: Workshop, hub: FakeGitHub, at: datetime = NOW, token: str = TOKEN) -> int:
    return tell(shop.measure.id, GitHub(hub.url, REPOSITORY, token), lambda: at)


def planned(shop: Workshop) -> None:
    eno = shop.stage.eno
    plan_ticket(shop.measure.id, Plan("fine_tune", eno), user=eno, now=NOW)


def test_a_ticket_becomes_an_issue_that_names_no_party_and_no_prompt(
    shop: Workshop, hub: FakeGitHub
) -> None:
    assert sync(shop, hub) == 1
    [issue] = hub.issues
    assert shop.ticket.name in issue["title"]
    assert f"/measures/tickets/{shop.measure.id}/" in issue["body"]
    assert issue["labels"] == ["redress"]
    for secret in ("Fox", "fox", "Nora", "paul", shop.case.reference):
        assert secret not in issue["title"] + issue["body"]
    assert (shop.ticket.issue_number, shop.ticket.issue_url) == (1, issue["html_url"])


def test_steps_are_comments_and_the_end_closes_it_and_a_regression_opens_it(
    shop: Workshop, hub: FakeGitHub
) -> None:
    planned(shop)
    shop.platform.knows, shop.platform.build = set(), "ink+1"
    shop.look(NOW)
    progress_ticket(shop.measure.id, "done", "Retrained.", user=shop.stage.eno, now=NOW)
    assert sync(shop, hub) == 4
    assert hub.issues[0]["state"] == "closed"
    assert hub.issues[0]["state_reason"] == "completed"
    assert "holds on build ink+1" in hub.comments[-1]["body"]
    shop.platform.knows, shop.platform.build = {"fox"}, "ink+2"
    shop.look(NOW + HOUR)
    sync(shop, hub, NOW + HOUR)
    assert (hub.issues[0]["state"], hub.issues[0]["state_reason"]) == ("open", "reopened")
    assert "Lost on build ink+2" in hub.comments[-1]["body"]


def test_what_is_not_possible_is_closed_as_not_planned(shop: Workshop, hub: FakeGitHub) -> None:
    progress_ticket(shop.measure.id, "not_possible", "Not ours.", user=shop.stage.eno, now=NOW)
    sync(shop, hub)
    assert hub.issues[0]["state_reason"] == "not_planned"


def test_an_outage_delays_and_keeps_the_order(shop: Workshop, hub: FakeGitHub) -> None:
    planned(shop)
    hub.failures = [(503, {})]
    assert sync(shop, hub) == 0
    assert sync(shop, hub) == 0, "not before its time"
    assert sweep(NOW) == 0
    assert sweep(NOW + HOUR) == 1
    assert sync(shop, hub, NOW + HOUR) == 2
    assert len(hub.issues) == len(hub.comments) == 1


@pytest.mark.parametrize("lost", [1, 2])
def test_what_was_done_and_not_answered_is_not_done_again(
    shop: Workshop, hub: FakeGitHub, lost: int
) -> None:
    planned(shop)
    for attempt in range(4):
        hub.lost = 1 if attempt < lost else 0
        sync(shop, hub, NOW + attempt * HOUR)
    assert len(hub.issues) == 1
    assert len(hub.comments) == 1
    assert TicketSync.objects.filter(sent_at=None).count() == 0


def test_a_worker_that_died_on_the_way_holds_nothing_up_for_ever(
    shop: Workshop, hub: FakeGitHub
) -> None:
    TicketSync.objects.update(sending_since=NOW, attempts=1)
    assert sync(shop, hub, NOW + LEASE / 2) == 0
    assert sync(shop, hub, NOW + LEASE) == 1


def test_a_wrong_token_is_kept_as_an_error_and_tried_hourly(
    shop: Workshop, hub: FakeGitHub
) -> None:
    assert sync(shop, hub, token="wrong") == 0
    row = TicketSync.objects.get()
    assert (row.last_error, row.try_after) == ("401 Bad credentials", NOW + REFUSED_WAIT)
    assert sync(shop, hub, NOW + REFUSED_WAIT) == 1


def test_github_is_not_hurried(shop: Workshop, hub: FakeGitHub) -> None:
    hub.failures = [(403, {"Retry-After": "120"})]
    sync(shop, hub)
    assert TicketSync.objects.get().try_after == NOW + timedelta(seconds=120)


def test_without_a_repository_nothing_is_written(stage: Stage) -> None:
    planned(workshop(stage))
    assert not TicketSync.objects.exists()


def test_a_name_that_is_no_repository_is_never_asked() -> None:
    with pytest.raises(GitHubError, match="no owner/name") as refused:
        GitHub("http://127.0.0.1:1", "acme/models/../../x", TOKEN).create("m", "t", "b")
    assert refused.value.permanent
