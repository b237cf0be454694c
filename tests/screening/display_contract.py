"""Holds values against docs/display-texts.yaml."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

CONTRACT = Path(__file__).parents[2] / "docs" / "display-texts.yaml"


@cache
def contract() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(CONTRACT.read_text())
    return loaded


def hold(value: Any, what: str) -> None:
    """Raise AssertionError unless the value is a `what`: a schema's name, or a path's answer."""
    if what.startswith("/"):
        (operation,) = contract()["paths"][what].values()
        place = ["paths", what, _method(what), "responses", "200", "content", "application/json"]
        assert operation["responses"]["200"]
        pointer = "/".join(
            part.replace("~", "~0").replace("/", "~1") for part in [*place, "schema"]
        )
    else:
        pointer = f"components/schemas/{what}"
    resource = Resource.from_contents(contract(), DRAFT202012)
    validator = Draft202012Validator(
        {"$ref": f"contract:#/{pointer}"},
        registry=Registry().with_resource("contract:", resource),
        format_checker=FormatChecker(),
    )
    assert [error.message for error in validator.iter_errors(value)] == []


def _method(path: str) -> str:
    (method,) = contract()["paths"][path]
    return str(method)
