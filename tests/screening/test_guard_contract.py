"""docs/guard.yaml says what the guard does: its answers are held against it, and so is what it refuses."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from screening.engine.rules import Mode
from screening.guard import gateway
from tests.peers import captured
from tests.screening.asking import rule
from tests.screening.callers import TOKEN
from tests.screening.test_asking_the_guard import FOX, caller

DOCS = Path(__file__).parents[2] / "docs"
CONTRACT: dict[str, Any] = yaml.safe_load((DOCS / "guard.yaml").read_text())
REGISTRY: Any = Registry().with_resource("contract:", Resource.from_contents(CONTRACT, DRAFT202012))


def faults(name: str, value: object) -> list[str]:
    """What the contract finds wrong with a document of this kind."""
    schema = {"$ref": f"contract:#/components/schemas/{name}"}
    validator = Draft202012Validator(schema, registry=REGISTRY)
    return [error.message for error in validator.iter_errors(value)]


def test_the_contract_is_a_valid_one() -> None:
    validate(CONTRACT)


@pytest.mark.parametrize("prompt", ["a cat", "a fox spirit", "an owl"])
def test_every_decision_is_as_the_contract_says(prompt: str) -> None:
    guard = caller(FOX, rule("owl", mode=Mode.SHADOW))
    asked = {"prompt": prompt, "user": "u1", "territory": "CN", "language": "en"}
    assert not faults("PromptCheck", asked)
    assert not faults("PromptDecision", guard.check(**asked).body)


def test_what_the_contract_does_not_know_the_guard_refuses() -> None:
    for asked in ({}, {"prompt": 7}, {"prompt": "x", "colour": "red"}, {"prompt": "x", "user": 7}):
        assert faults("PromptCheck", asked)
        refused = caller(FOX).check(**asked)
        assert refused.status == 422
        assert not faults("Problem", refused.body)


@pytest.mark.parametrize("age", [0, 31])
def test_the_gateway_is_answered_as_the_contract_says(age: int) -> None:
    request = captured.chat("a fox spirit")
    assert not faults("GatewayRequest", request)
    told = caller(FOX, age=age).send(
        json.dumps(request).encode(), PATH_INFO=gateway.PATH, HTTP_X_API_KEY=TOKEN
    )
    assert not faults("GatewayAnswer", told.body)


def test_health_is_told_as_the_contract_says() -> None:
    told = caller(FOX).send(b"", REQUEST_METHOD="GET", PATH_INFO="/healthz")
    assert not faults("Health", told.body)


def test_the_contract_knows_every_address_of_the_guard() -> None:
    guard = caller(FOX)
    for path, item in CONTRACT["paths"].items():
        (method,) = item
        told = guard.send(b"{}", PATH_INFO=path, REQUEST_METHOD=method.upper())
        assert told.status not in {404, 405}
    told_elsewhere = yaml.safe_load((DOCS / "display-texts.yaml").read_text())["paths"]
    assert {*CONTRACT["paths"], *told_elsewhere} == set(guard.application._routes)
