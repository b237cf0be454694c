"""The measurement itself runs, on a small size, and says what it measured."""

import pytest
from django.core.management import CommandError, call_command

from config.celery import app
from deadlines.bench import SWEEPERS, measure
from deadlines.bench_scene import Size
from deadlines.models import Deadline
from deadlines.registry import KINDS
from deadlines.states import State
from evidence.audit import broken_chains


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_it_sweeps_what_is_due_and_nothing_else() -> None:
    size = Size(open=200, due=20, rounds=2)
    told = measure(size)

    running = Deadline.objects.filter(state=State.RUNNING)
    assert running.count() == 200 - size.needed
    assert (told["open"], told["due"]) == (200, 20)
    assert all(ratio > 0 for ratio in told["ratios"].values())
    assert list(broken_chains()) == []
    assert not [name for name in KINDS if name.startswith("bench.")]


def test_it_refuses_a_database_that_is_not_its_own() -> None:
    with pytest.raises(CommandError, match="makes one of its own"):
        call_command("bench", "deadlines")


def test_it_says_how_many_clocks_it_needs() -> None:
    with pytest.raises(CommandError, match="at least --open 61000 is needed"):
        call_command("bench", "deadlines", "--in-scratch", "--open", "60999")


def test_it_measures_with_as_many_sweepers_as_beat_sends() -> None:
    sent = [entry["task"] for entry in app.conf.beat_schedule.values()]
    assert sent.count("deadlines.sweep") == SWEEPERS
