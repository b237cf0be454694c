"""The contract (docs/platform-contract.yaml) as the sandbox keeps it: thin routes, one per call."""

import base64
import hashlib
import re
from typing import Any

from flask import Blueprint, Response, json, request

from sandbox import clock, faults, measures, records
from sandbox.orders import read_order
from sandbox.problems import Problem, invalid
from sandbox.store import Row, store

contract = Blueprint("contract", __name__, url_prefix="/v1")
MEASURE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")
KEY = re.compile(r"[\x21-\x7e]{1,128}")


@contract.get("/artefacts/<external_id>")
def show_artefact(external_id: str) -> dict[str, Any]:
    return records.artefact_record(store(), records.artefact_row(store(), external_id))


@contract.get("/artefacts/<external_id>/content")
def show_content(external_id: str) -> Response:
    """The bytes, also of what was taken down: evidence must stay readable for Redress."""
    row = records.artefact_row(store(), external_id)
    content = store().row("SELECT * FROM contents WHERE sha256 = ?", row["content"])
    if content is None:
        raise Problem(404, "no-content", "No content", f"A {row['kind']} has no bytes of its own.")
    response = Response(content["bytes"], mimetype=content["media_type"])
    digest = base64.b64encode(hashlib.sha256(content["bytes"]).digest()).decode()
    response.headers["Content-Digest"] = f"sha-256=:{digest}:"
    return response


@contract.get("/resolve")
def resolve() -> dict[str, Any]:
    locator = request.args.get("locator", "")
    if not locator.strip():
        raise invalid(("/locator", "an id, a ProduceID, a share link or a page address"))
    return records.artefact_record(store(), records.resolve(store(), locator))


@contract.get("/users/<user_id>")
def show_user(user_id: str) -> dict[str, Any]:
    return records.user_record(store(), records.user_row(store(), user_id))


@contract.put("/measures/<measure_id>")
def apply_measure(measure_id: str) -> Response:
    key = _idempotency_key()
    order = read_order(_checked(measure_id), _json_body())
    now = clock.now()
    if faults.take(store(), "lie"):
        return _acknowledged(_lie(measure_id, clock.stamp(now), "applied"), False)
    text = f"PUT {measure_id}\n{order.canonical_body()}"
    return _acknowledged(
        *measures.once(store(), key, text, lambda: measures.apply(store(), order, now), now)
    )


@contract.delete("/measures/<measure_id>")
def lift_measure(measure_id: str) -> Response:
    key, now = _idempotency_key(), clock.now()
    _checked(measure_id)
    if faults.take(store(), "lie"):
        return _acknowledged(_lie(measure_id, clock.stamp(now), "lifted"), False)
    text = f"DELETE {measure_id}"
    return _acknowledged(
        *measures.once(store(), key, text, lambda: measures.lift(store(), measure_id, now), now)
    )


@contract.get("/measures/<measure_id>")
def show_measure(measure_id: str) -> dict[str, Any]:
    order = measures.order_row(store(), measure_id)
    return {**measures.acknowledgement(order), "order": json.loads(order["body"])}


def _idempotency_key() -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not KEY.fullmatch(key):
        raise Problem(
            422,
            "idempotency-key-missing",
            "Idempotency-Key missing",
            "Send an Idempotency-Key of 1 to 128 visible ASCII characters.",
        )
    return key


def _checked(measure_id: str) -> str:
    if not MEASURE_ID.fullmatch(measure_id):
        raise invalid(
            ("/measure_id", "1 to 64 letters, digits, dots, colons, underscores or hyphens")
        )
    return measure_id


def _json_body() -> Any:
    try:
        return json.loads(request.get_data())
    except (ValueError, RecursionError) as error:
        raise invalid(("", "send JSON")) from error


def _acknowledged(answer: Row, replayed: bool) -> Response:
    response = Response(json.dumps(answer), mimetype="application/json")
    response.headers["Idempotent-Replayed"] = "true" if replayed else "false"
    return response


def _lie(measure_id: str, at: str, state: str) -> Row:
    """A well-formed acknowledgement of something that never happened."""
    effect = {"before": "available", "after": "removed"}
    lifted_at = at if state == "lifted" else None
    return {
        "acknowledgement_id": "ack_lie",
        "measure_id": measure_id,
        "state": state,
        "applied_at": at,
        "lifted_at": lifted_at,
        "effect": effect,
    }
