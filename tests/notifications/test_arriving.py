from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from common import jobs
from common.actors import WORKER
from notifications import rules, selectors
from notifications.errors import NotPossibleNow
from notifications.models import Message
from notifications.services import Recipient, record_arrival, requeue, sweep
from notifications.services.arriving import ImpossibleArrival
from notifications.states import State
from tests.notifications.steps import NOW, entries, events, stored, write_to

pytestmark = pytest.mark.django_db

POSTAL = "registered letter RR123456789CN"
NO_MAIL = Recipient("filer", "Nora", "", "en")


@pytest.fixture
def sent_tasks(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[str]]]:
    """What would have gone to the broker."""
    tasks: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(jobs, "_send", lambda task, arguments: tasks.append((task, arguments)))
    return tasks


def test_staff_record_an_arrival_by_other_means_with_its_proof() -> None:
    message, arrived = write_to(NO_MAIL), NOW + timedelta(days=2)

    record_arrival(message.pk, arrived, POSTAL, WORKER, now=NOW + timedelta(days=3))

    row = stored(message)
    assert (row.state, row.delivered_at, row.delivery_proof) == (State.DELIVERED, arrived, POSTAL)
    assert entries(message)[-1].facts["effective_at"] == arrived.isoformat()
    assert entries(message)[-1].at == NOW + timedelta(days=3)
    assert not selectors.to_carry_by_hand().exists()


@pytest.mark.parametrize("days", [-1, 2])
def test_nothing_arrives_before_it_was_written_or_in_the_future(days: int) -> None:
    message = write_to(NO_MAIL)

    with pytest.raises(ImpossibleArrival):
        record_arrival(
            message.pk, NOW + timedelta(days=days), POSTAL, WORKER, now=NOW + timedelta(days=1)
        )
    assert events(message) == ["message.queued"]


def test_an_arrival_needs_proof() -> None:
    with pytest.raises(ImpossibleArrival, match="known"):
        record_arrival(write_to(NO_MAIL).pk, NOW, "  ", WORKER, now=NOW)


def test_there_is_one_arrival() -> None:
    message = write_to(NO_MAIL)
    record_arrival(message.pk, NOW, POSTAL, WORKER, now=NOW)

    with pytest.raises(NotPossibleNow):
        record_arrival(message.pk, NOW, POSTAL, WORKER, now=NOW)


def test_only_what_failed_is_put_back() -> None:
    with pytest.raises(NotPossibleNow):
        requeue(write_to().pk, WORKER, now=NOW)


def test_a_message_is_handed_to_the_broker_only_after_commit(
    sent_tasks: list[tuple[str, list[str]]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        message = write_to()
        write_to(NO_MAIL)
        write_to(not_before=NOW + timedelta(seconds=30))
        assert sent_tasks == []

    assert sent_tasks == [("notifications.deliver", [str(message.pk)])]


def test_a_message_whose_task_was_lost_is_handed_over_again_and_not_too_often(
    sent_tasks: list[tuple[str, list[str]]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    message = write_to()
    lost = NOW + rules.TASK_LOST_AFTER

    with django_capture_on_commit_callbacks(execute=True):
        assert sweep.run(lost - timedelta(seconds=1)) == 0
        assert sweep.run(lost) == 1
        assert sweep.run(lost + timedelta(seconds=10)) == 0

    assert sent_tasks == [("notifications.deliver", [str(message.pk)])]


def test_the_sweep_brings_out_what_was_held_back_and_what_is_to_be_tried_again(
    sent_tasks: list[tuple[str, list[str]]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    held = write_to(not_before=NOW + timedelta(seconds=30))
    failing = write_to()
    Message.objects.filter(pk=failing.pk).update(try_after=NOW + timedelta(hours=1))

    with django_capture_on_commit_callbacks(execute=True):
        assert sweep.run(NOW + timedelta(seconds=30)) == 1
    assert sent_tasks.pop()[1] == [str(held.pk)]
    Message.objects.filter(pk=held.pk).update(try_after=NOW + timedelta(days=9))
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep.run(NOW + timedelta(hours=1)) == 1
    assert sent_tasks == [("notifications.deliver", [str(failing.pk)])]


def test_a_sweep_takes_more_than_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweep, "BATCH", 2)
    for _ in range(5):
        write_to()

    assert sweep.run(NOW + rules.TASK_LOST_AFTER) == 5


def test_an_idle_sweep_asks_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    write_to(NO_MAIL)

    with django_assert_num_queries(1):
        assert sweep.run(NOW + timedelta(days=1)) == 0
