"""Reading a declared machine, and the trigger that holds rows to it."""

from collections.abc import Iterator
from typing import Any, ClassVar

import psycopg
import pytest
from django.db import models
from django.test.utils import isolate_apps
from django_fsm import FSMField, transition

from evidence.machines import declared

TABLE = "evidence_test_lamp"


def lamp(**own: object) -> type[models.Model]:
    """A lamp: off, on, broken."""

    def switch_on(self: object) -> None:
        """It gives light."""

    def smash(self: object) -> None:
        """It is broken for good."""

    body: dict[str, Any] = {
        "__module__": __name__,
        "Meta": type("Meta", (), {"app_label": "evidence"}),
        "state": FSMField(default="off"),
        **own,
    }
    on = transition(field=body["state"], source="off", target="on")(switch_on)
    gone = transition(field=body["state"], source="+", target="broken")(smash)
    return type("StreetLamp", (models.Model,), {**body, "switch_on": on, "smash": gone})


STEPS = {("off", "on"), ("off", "broken"), ("on", "broken")}


@isolate_apps("evidence")
def test_a_machine_is_named_like_its_class_and_born_in_its_default() -> None:
    wanted = {("street_lamp", *step) for step in {("", "off"), *STEPS}}
    assert declared(lamp()) == wanted


@isolate_apps("evidence")
def test_a_class_may_name_its_births_and_the_caller_the_machine() -> None:
    births: ClassVar = ("off", "on")
    wanted = {("lamp.street", *step) for step in {("", "off"), ("", "on"), *STEPS}}
    assert declared(lamp(initial=births), "lamp.street") == wanted


@isolate_apps("evidence")
def test_a_model_without_a_machine_is_told_so() -> None:
    with pytest.raises(ValueError, match="no django-fsm field"):
        declared(lamp(state=models.TextField()))


@pytest.fixture
def guarded(owner_connection: "psycopg.Connection[Any]") -> "Iterator[psycopg.Connection[Any]]":
    """A table of lamps, each kind with its own machine."""
    run = owner_connection.execute
    run(f"CREATE TABLE {TABLE} (kind text, state text)")
    run(
        f"CREATE TRIGGER guard BEFORE INSERT OR UPDATE OF state ON {TABLE} FOR EACH ROW "
        "EXECUTE FUNCTION redress_guard_state('lamp', 'kind')"
    )
    for step in (("", "off"), ("off", "on")):
        run("INSERT INTO evidence_transition VALUES ('lamp.street', %s, %s)", step)
    yield owner_connection
    run(f"DROP TABLE {TABLE}")
    run("DELETE FROM evidence_transition WHERE machine = 'lamp.street'")


def test_the_database_lets_only_listed_changes_through(
    guarded: "psycopg.Connection[Any]",
) -> None:
    run = guarded.execute
    run(f"INSERT INTO {TABLE} VALUES ('street', 'off')")
    run(f"UPDATE {TABLE} SET state = 'off'")
    run(f"UPDATE {TABLE} SET state = 'on'")
    for statement, why in (
        (f"UPDATE {TABLE} SET state = 'off'", 'lamp.street may not go from "on" to "off"'),
        (f"UPDATE {TABLE} SET state = 'x'", 'from "on" to "x"'),
        (f"INSERT INTO {TABLE} VALUES ('street', 'on')", 'from "" to "on"'),
        (f"INSERT INTO {TABLE} VALUES ('table', 'off')", "lamp.table may not"),
        (f"UPDATE {TABLE} SET kind = 'table', state = 'on'", "keeps its machine"),
    ):
        with pytest.raises(psycopg.errors.RestrictViolation, match=why):
            run(statement)


def test_a_temporary_table_cannot_stand_in_for_the_list(guarded: "psycopg.Connection[Any]") -> None:
    run = guarded.execute
    run("CREATE TEMPORARY TABLE evidence_transition (machine text, source text, target text)")
    run("INSERT INTO evidence_transition VALUES ('lamp.street', '', 'on')")
    try:
        with pytest.raises(psycopg.errors.RestrictViolation):
            run(f"INSERT INTO {TABLE} VALUES ('street', 'on')")
    finally:
        run("DROP TABLE pg_temp.evidence_transition")
