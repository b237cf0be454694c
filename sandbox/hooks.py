"""A receiver of Redress's webhooks: verifies each by the reference library of the standard and shows what came."""

import base64
import json
from typing import Any

from flask import Blueprint, Response, render_template, request
from standardwebhooks import Webhook, WebhookVerificationError

from sandbox import clock
from sandbox.problems import invalid
from sandbox.store import Store, store

hooks = Blueprint("hooks", __name__)
SHOWN = 100


@hooks.put("/sandbox/webhook-secrets")
def learn_secret() -> Response:
    """Believe events signed with this secret, beside those learnt before: `{"secret": "whsec_…"}`."""
    body = request.get_json(silent=True, force=True)
    secret = body.get("secret") if isinstance(body, dict) else None
    if not _usable(secret):
        raise invalid(("/secret", "a secret that begins with whsec_"))
    store().write("INSERT OR REPLACE INTO hook_secrets VALUES (?, ?)", secret, _now())
    return Response(status=204)


@hooks.post("/webhooks")
def receive() -> Response:
    """204 for an event that one of the secrets verifies, 400 for any other. A repeat is counted, not listed twice."""
    body = request.get_data()
    trouble = _trouble(body)
    if trouble:
        _write_down(request.headers.get("webhook-id", ""), body, trouble)
        return Response(f"{trouble}\n", 400, mimetype="text/plain")
    _write_down(request.headers["webhook-id"], body, "")
    return Response(status=204)


@hooks.get("/webhooks")
def show() -> str:
    """What came, the newest first."""
    rows = store().rows("SELECT * FROM hooks ORDER BY id DESC LIMIT ?", SHOWN)
    known = store().rows("SELECT 1 FROM hook_secrets")
    return render_template("hooks.html", rows=rows, secrets=len(known))


def _trouble(body: bytes) -> str:
    """Why no secret verifies the request; "" when one does."""
    trouble = "no secret is known here yet"
    for row in store().rows("SELECT secret FROM hook_secrets ORDER BY at DESC"):
        try:
            Webhook(row["secret"]).verify(body, dict(request.headers))
        except (WebhookVerificationError, ValueError) as error:
            trouble = str(error)
        else:
            return ""
    return trouble


def _write_down(webhook_id: str, body: bytes, trouble: str) -> None:
    db: Store = store()
    with db.transaction():
        known = db.row("SELECT id FROM hooks WHERE webhook_id = ? AND trouble = ''", webhook_id)
        if known and not trouble:
            db.write("UPDATE hooks SET times = times + 1 WHERE id = ?", known["id"])
            return
        db.write(
            "INSERT INTO hooks (at, webhook_id, type, body, trouble, times) VALUES (?,?,?,?,?,1)",
            _now(),
            webhook_id[:200],
            _type(body)[:200],
            body[:20_000].decode("utf-8", "replace"),
            trouble,
        )


def _type(body: bytes) -> str:
    try:
        told: Any = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    return str(told.get("type", "")) if isinstance(told, dict) else ""


def _usable(secret: object) -> bool:
    """Whether this is `whsec_` and 24 to 64 bytes in base64, as the standard says."""
    if not isinstance(secret, str) or not secret.startswith("whsec_"):
        return False
    try:
        return 24 <= len(base64.b64decode(secret.removeprefix("whsec_"), validate=True)) <= 64
    except ValueError:
        return False


def _now() -> str:
    return clock.stamp(clock.now())
