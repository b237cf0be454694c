"""The tests' own database: the application's role, real commits undone, a clock to be moved."""

import os
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.contrib.auth.models import Group
from django.db import ProgrammingError, connection

from common.clock import now
from launch.setup import ROOT
from tests.database import Clock

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.django_db
def test_tests_run_as_the_role_that_owns_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        assert cursor.fetchone() == ("redress_app", "redress_test")
    with connection.cursor() as cursor, pytest.raises(ProgrammingError):
        cursor.execute("CREATE TABLE mine (a int)")


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.usefixtures("committed_db")
def test_what_a_test_commits_others_see_and_the_next_test_does_not(turn: int) -> None:
    assert Group.objects.count() == 0
    Group.objects.create(name=f"turn {turn}")
    with psycopg.connect(os.environ["DATABASE_URL"]) as other:
        assert other.execute("SELECT count(*) FROM auth_group").fetchone() == (1,)


@pytest.mark.usefixtures("committed_db")
def test_what_the_migrations_filled_stays() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM django_migrations) > 0")
        assert cursor.fetchone() == (True,)


@pytest.mark.django_db
def test_the_clock_is_moved_even_inside_a_transaction(clock: Clock) -> None:
    real = now()
    clock.set(NEW_YEAR)
    assert now() == NEW_YEAR
    clock.shift(timedelta(days=3))
    assert now() == NEW_YEAR + timedelta(days=3)
    clock.reset()
    clock.shift(timedelta(days=300))
    assert timedelta(days=300) <= now() - real < timedelta(days=301)


@pytest.mark.django_db
def test_the_clock_tells_every_process_the_same(clock: Clock) -> None:
    clock.set(NEW_YEAR)
    with psycopg.connect(os.environ["DATABASE_URL"]) as other:
        assert other.execute("SELECT redress_now()").fetchone() == (NEW_YEAR,)


@pytest.mark.django_db
def test_an_unmoved_clock_tells_the_real_time_and_runs() -> None:
    first = now()
    assert abs(first - datetime.now(UTC)) < timedelta(minutes=1)
    assert now() > first


def test_a_moment_without_a_zone_is_refused(clock: Clock) -> None:
    with pytest.raises(ValueError, match="without a zone"):
        clock.set(NEW_YEAR.replace(tzinfo=None))


def test_the_migrations_own_clock_is_the_servers() -> None:
    """The tests replace it; what runs elsewhere is this."""
    texts = [
        file.read_text()
        for file in ROOT.glob("*/migrations/**/*")
        if file.suffix != ".pyc" and file.is_file()
    ]
    (text,) = (text for text in texts if "FUNCTION public.redress_now()" in text)
    definition = text.partition("FUNCTION public.redress_now()")[2].partition(";")[0]
    assert "VOLATILE" in definition
    assert "SELECT pg_catalog.clock_timestamp()" in definition
