"""Holds requests and responses against docs/platform-contract.yaml; raises AssertionError when one breaks it."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import yaml
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

CONTRACT = Path(__file__).parents[2] / "docs" / "platform-contract.yaml"
Node = dict[str, Any]


@cache
def contract() -> Node:
    loaded: Node = yaml.safe_load(CONTRACT.read_text())
    return loaded


@cache
def _registry() -> Any:
    return Registry().with_resource("contract:", Resource.from_contents(contract(), DRAFT202012))


def _resolved(node: Node) -> Node:
    """Follows a local $ref."""
    while "$ref" in node:
        found: Any = contract()
        for part in node["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        node = found
    return node


def _absolute(node: Any) -> Any:
    if isinstance(node, dict):
        return {
            key: f"contract:{value}" if key == "$ref" else _absolute(value)
            for key, value in node.items()
        }
    return [_absolute(value) for value in node] if isinstance(node, list) else node


def _hold(value: Any, schema: Node, what: str) -> None:
    validator = Draft202012Validator(
        _absolute(schema), registry=_registry(), format_checker=FormatChecker()
    )
    broken = [
        f"{what} {error.json_path}: {error.message}" for error in validator.iter_errors(value)
    ]
    assert not broken, broken


def _operation(request: httpx.Request) -> tuple[Node, dict[str, str]]:
    """The contract's operation, its parameters joined in, and the values in the path."""
    path = request.url.raw_path.decode().split("?")[0]
    for template, item in contract()["paths"].items():
        match = re.fullmatch(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template), path)
        if match and request.method.lower() in item:
            operation = item[request.method.lower()]
            parameters = item.get("parameters", []) + operation.get("parameters", [])
            return operation | {"parameters": parameters}, {
                k: unquote(v) for k, v in match.groupdict().items()
            }
    raise AssertionError(f"the contract knows no {request.method} {path}")


def check_request(request: httpx.Request) -> None:
    operation, in_path = _operation(request)
    places = {"path": in_path, "query": dict(request.url.params), "header": request.headers}
    known = {_resolved(parameter)["name"] for parameter in operation["parameters"]}
    assert set(request.url.params) <= known
    assert request.headers["authorization"].startswith("Bearer ")
    for parameter in map(_resolved, operation["parameters"]):
        if parameter["name"] not in places[parameter["in"]]:
            assert not parameter.get("required"), f"{parameter['name']} is missing"
            continue
        _hold(places[parameter["in"]][parameter["name"]], parameter["schema"], parameter["name"])
    if "requestBody" in operation:
        assert request.headers["content-type"] == "application/json"
        _hold(
            json.loads(request.read()),
            operation["requestBody"]["content"]["application/json"]["schema"],
            "body",
        )
    else:
        assert not request.read()


def check_response(request: httpx.Request, response: httpx.Response) -> None:
    operation, _ = _operation(request)
    status = str(response.status_code)
    assert status in operation["responses"] or f"{status[0]}XX" in operation["responses"], (
        f"{status} is not in the contract"
    )
    expected = _resolved(
        operation["responses"].get(status) or operation["responses"][f"{status[0]}XX"]
    )
    for name, header in expected.get("headers", {}).items():
        if header.get("required") or name in response.headers:
            _hold(response.headers.get(name), header["schema"], name)
    media_type = response.headers["content-type"].split(";")[0]
    assert media_type in expected["content"], f"{media_type} is not in the contract"
    if media_type.endswith("json"):
        document = response.json()
        _hold(document, expected["content"][media_type]["schema"], "answer")
        if media_type == "application/problem+json":
            assert document["status"] == response.status_code


def check(response: httpx.Response) -> httpx.Response:
    """For answers that the client would never provoke."""
    check_response(response.request, response)
    return response
