"""The contract (docs/platform-contract.yaml) as the sandbox keeps it: thin routes, one per call."""

import base64
import hashlib
import re
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, current_app, json, request

from sandbox import clock, faults, lineage, measures, probes, reach, records
from sandbox.orders import read_order, read_wish
from sandbox.problems import Problem, invalid, no_such_call
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


@contract.get("/artefacts/<external_id>/kin")
def show_kin(external_id: str) -> dict[str, Any]:
    """Everything directly related, a page at a time, also of what was taken down."""
    _speaks_1_1()
    row = records.artefact_row(store(), external_id)
    shown, following = lineage.page_of(lineage.kin_of(store(), row), request.args.get("cursor", ""))
    kin = [{"artefact": _record(name), "relation": relation} for relation, name in shown]
    return {"kin": kin, "next": following}


@contract.get("/resolve")
def resolve() -> dict[str, Any]:
    locator = request.args.get("locator", "")
    if not locator.strip():
        raise invalid(("/locator", "an id, a ProduceID, a share link or a page address"))
    return records.artefact_record(store(), records.resolve(store(), locator))


@contract.get("/users/<user_id>")
def show_user(user_id: str) -> dict[str, Any]:
    return records.user_record(store(), records.user_row(store(), user_id))


@contract.post("/measures/preview")
def preview_measure() -> dict[str, int]:
    """What such a measure would touch; nothing happens."""
    _speaks_1_1()
    return reach.count(store(), read_wish(_json_body()))


@contract.post("/probes")
def run_probes() -> Response:
    """Draws outside any transaction: a guard that dawdles must not hold up everybody else."""
    _speaks_1_1()
    key, body = _idempotency_key(), _json_body()
    model, prompts = probes.read_probes(body)
    text, now = probes.request_text(body), clock.now()
    known = measures.answered(store(), key, text)
    if known is not None:
        return _acknowledged(known, True)
    run = probes.run(store(), model, prompts, current_app.config["SETTINGS"], now)
    return _acknowledged(*measures.once(store(), key, text, lambda: run, now))


@contract.put("/measures/<measure_id>")
def apply_measure(measure_id: str) -> Response:
    key = _idempotency_key()
    order = read_order(_checked(measure_id), _json_body())
    now = clock.now()
    if faults.take(store(), "lie"):
        return _acknowledged(_lie(measure_id, clock.stamp(now), "applied"), False)
    text, falsehood = f"PUT {measure_id}\n{order.canonical_body()}", _falsehood()
    return _acknowledged(
        *measures.once(
            store(), key, text, lambda: measures.apply(store(), order, now, falsehood), now
        )
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


def _speaks_1_1() -> None:
    if faults.take(store(), "old_contract"):
        raise no_such_call()


def _falsehood() -> measures.Falsehood:
    """The lie that is planned for this order, if any."""
    if faults.take(store(), "pretend"):
        return measures.Falsehood(pretended=True)
    relapse = faults.take(store(), "relapse")
    if relapse:
        return measures.Falsehood(lasts=timedelta(seconds=relapse["seconds"]))
    return measures.HONEST


def _record(name: str) -> dict[str, Any]:
    return records.artefact_record(store(), records.artefact_row(store(), name))


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
