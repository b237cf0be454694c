"""The shape of an order: what a measure may ask, per kind. Every refusal names the field."""

from dataclasses import dataclass
from typing import Any

from flask import json

from sandbox.problems import invalid
from sandbox.standing import SANCTIONS

KINDS = ("content_removal", "model_takedown", "model_optimisation", "user_sanction")
TARGET_TYPE = {
    "content_removal": "artefact",
    "model_takedown": "artefact",
    "model_optimisation": "artefact",
    "user_sanction": "user",
}
ARTEFACT_KINDS = {
    "content_removal": ("output", "page", "link", "training_picture"),
    "model_takedown": ("model", "model_version"),
    "model_optimisation": ("model", "model_version"),
}
SUITES = ("normal", "adversarial")
FIELDS = ("kind", "target", "parameters", "case", "reason_code")


@dataclass(frozen=True)
class Order:
    """A well-formed order; whether its target exists is another question."""

    measure_id: str
    kind: str
    target_type: str
    target_id: str
    parameters: dict[str, Any]
    body: dict[str, Any]

    def canonical_body(self) -> str:
        """The body with sorted keys: equal for equal orders, however they were written."""
        return json.dumps(self.body, sort_keys=True)


def read_order(measure_id: str, body: Any) -> Order:
    """Checks a PUT body. Raises Problem 422 listing every wrong field."""
    if not isinstance(body, dict):
        raise invalid(("", "send a JSON object"))
    errors = [(f"/{name}", "unknown field") for name in body if name not in FIELDS]
    if body.get("kind") not in KINDS:
        errors.append(("/kind", f"one of {', '.join(KINDS)}"))
    errors += _target_errors(body.get("kind"), body.get("target"))
    errors += [
        (f"/{name}", f"text, 1 to {limit} characters")
        for name, limit in (("case", 64), ("reason_code", 64))
        if not _text(body.get(name), limit)
    ]
    if not isinstance(body.get("parameters"), dict):
        errors.append(("/parameters", "an object; empty where the kind needs nothing"))
    elif body.get("kind") in KINDS:
        errors += _parameter_errors(body["kind"], body["parameters"])
    if errors:
        raise invalid(*errors)
    target = body["target"]
    return Order(measure_id, body["kind"], target["type"], target["id"], body["parameters"], body)


def read_wish(body: Any) -> Order:
    """Checks what a preview asks about: kind and target alone. Raises Problem 422 listing every wrong field."""
    if not isinstance(body, dict):
        raise invalid(("", "send a JSON object"))
    errors = [(f"/{name}", "unknown field") for name in body if name not in ("kind", "target")]
    if body.get("kind") not in KINDS:
        errors.append(("/kind", f"one of {', '.join(KINDS)}"))
    errors += _target_errors(body.get("kind"), body.get("target"))
    if errors:
        raise invalid(*errors)
    target = body["target"]
    return Order("", body["kind"], target["type"], target["id"], {}, body)


def _text(value: Any, limit: int) -> bool:
    return isinstance(value, str) and 1 <= len(value) <= limit


def _target_errors(kind: Any, target: Any) -> list[tuple[str, str]]:
    if not isinstance(target, dict):
        return [("/target", "an object with type and id")]
    errors = [(f"/target/{name}", "unknown field") for name in target if name not in ("type", "id")]
    expected = TARGET_TYPE.get(kind) if isinstance(kind, str) else None
    if target.get("type") not in ("artefact", "user"):
        errors.append(("/target/type", "artefact or user"))
    elif expected and target["type"] != expected:
        errors.append(
            (
                "/target/type",
                f"a {kind} targets an {expected}"
                if expected == "artefact"
                else f"a {kind} targets a user",
            )
        )
    if not _text(target.get("id"), 256):
        errors.append(("/target/id", "text, 1 to 256 characters"))
    return errors


def _parameter_errors(kind: str, parameters: dict[str, Any]) -> list[tuple[str, str]]:
    allowed = {"user_sanction": ("level",), "model_optimisation": ("terms", "probes")}.get(kind, ())
    errors = [
        (f"/parameters/{name}", "unknown field") for name in parameters if name not in allowed
    ]
    if kind == "user_sanction" and parameters.get("level") not in tuple(SANCTIONS):
        errors.append(("/parameters/level", f"one of {', '.join(SANCTIONS)}"))
    if kind == "model_optimisation":
        errors += _ticket_errors(parameters.get("terms"), parameters.get("probes"))
    return errors


def _ticket_errors(terms: Any, probes: Any) -> list[tuple[str, str]]:
    errors = []
    if (
        not isinstance(terms, list)
        or not 1 <= len(terms) <= 200
        or not all(_text(term, 200) for term in terms)
    ):
        errors.append(("/parameters/terms", "1 to 200 texts"))
    if not isinstance(probes, list) or len(probes) > 500:
        return [*errors, ("/parameters/probes", "a list of at most 500 probes")]
    for index, probe in enumerate(probes):
        if (
            not isinstance(probe, dict)
            or set(probe) != {"suite", "prompt"}
            or probe["suite"] not in SUITES
            or not _text(probe["prompt"], 2000)
        ):
            errors.append(
                (
                    f"/parameters/probes/{index}",
                    f"an object with suite ({' or '.join(SUITES)}) and prompt",
                )
            )
    return errors
