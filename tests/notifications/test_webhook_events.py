"""Every public event has a schema that its example and its real bodies fit; no personal text leaves the house."""

import json
import re
from uuid import uuid4

import jsonschema
import pytest

from evidence.events import EVENTS
from notifications.event_types import TYPES, WITHHELD, event_type, public
from notifications.payloads import body_of
from notifications.webhook_rules import LARGEST_BODY
from tests.notifications.webhook_steps import MEASURE, happen

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", TYPES)
def test_the_example_of_a_type_fits_its_schema(name: str) -> None:
    kind = TYPES[name]
    jsonschema.Draft202012Validator.check_schema(kind.schema)
    jsonschema.validate(kind.example, kind.schema)
    assert re.fullmatch(r"[a-zA-Z0-9_.]+", name)
    assert len(json.dumps(kind.example)) < LARGEST_BODY


def test_every_event_of_the_ledger_is_public_or_withheld_on_purpose() -> None:
    named = {kind.event for kind in TYPES.values()}
    assert named == {one for one in EVENTS if public(one)}
    assert {one.partition(".")[0] for one in EVENTS if not public(one)} == WITHHELD


@pytest.mark.parametrize("event", [kind.event for kind in TYPES.values()])
def test_a_body_holds_what_is_listed_and_nothing_else(event: str) -> None:
    """Facts of every name, some with free text in them: only what is listed and fits gets out."""
    kind = event_type(event)
    facts = {name: shape.example for name, shape in kind.shapes.items()}
    secret = "Nora Lin, nora@example.org"
    entry = happen(event, **{**facts, "note": secret, "state": secret, "actor": secret})
    told = json.loads(body_of(entry))
    jsonschema.validate(told, kind.schema)
    assert secret not in json.dumps(told, ensure_ascii=False)
    assert set(facts) - set(told["data"]) <= {"state", "reference"}


def test_the_target_of_a_sanction_stays_in_the_house() -> None:
    told = json.loads(body_of(happen(**{**MEASURE, "family": "user_sanction", "target": "u_5512"})))
    assert "target" not in told["data"]
    assert "target" in json.loads(body_of(happen()))["data"]


def test_the_reference_of_a_case_comes_from_the_entry_that_began_it() -> None:
    case = uuid4()
    happen("notice.filed", case, reference="N-2026-000001-F", channel="portal")
    told = json.loads(body_of(happen("case.closed", case, state="closed")))
    assert told["data"]["reference"] == "N-2026-000001-F"
    assert json.loads(body_of(happen("case.closed")))["data"]["reference"] is None


def test_a_body_that_would_be_too_long_leaves_its_lists_out() -> None:
    many = [str(uuid4()) for _number in range(900)]
    entry = happen("court_order.received", state="in_force", measures=many, order="O-2026-000001-J")
    body = body_of(entry)
    assert len(body) < LARGEST_BODY
    assert "measures" not in json.loads(body)["data"]
    assert json.loads(body)["data"]["order"] == "O-2026-000001-J"


def test_equal_entries_give_equal_bodies() -> None:
    entry = happen()
    assert body_of(entry) == body_of(entry)
