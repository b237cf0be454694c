"""The raw request log: every request is written down before anything judges it, its key included."""

import hashlib

from flask import Flask, Response, g, json, request
from werkzeug.exceptions import RequestEntityTooLarge

from sandbox import clock
from sandbox.store import Row, Store, store

SECRET_HEADERS = {"authorization", "cookie"}


def write_down() -> None:
    """Stores the request; the status stays empty when the process dies before it answers."""
    headers = {
        name: value for name, value in request.headers.items() if name.lower() not in SECRET_HEADERS
    }
    g.request_row = store().write(
        "INSERT INTO requests (at, method, path, query, headers, body_sha256, idempotency_key) VALUES (?,?,?,?,?,?,?)",
        clock.stamp(clock.now()),
        request.method,
        request.path,
        request.query_string.decode("latin-1"),
        json.dumps(headers),
        _body_sha256(),
        request.headers.get("Idempotency-Key"),
    )


def write_answer(response: Response) -> Response:
    if "request_row" in g:
        store().write(
            "UPDATE requests SET status = ? WHERE id = ?", response.status_code, g.request_row
        )
    return response


def entries(db: Store, after: int, limit: int) -> list[Row]:
    """Requests with an id above `after`, oldest first."""
    found = db.rows("SELECT * FROM requests WHERE id > ? ORDER BY id LIMIT ?", after, limit)
    return [{**row, "headers": json.loads(row["headers"])} for row in found]


def _body_sha256() -> str | None:
    """None for a body too large to be read at all (413), and for half a body: its sender died."""
    try:
        body = request.get_data()
    except RequestEntityTooLarge:
        return None
    whole = len(body) >= (request.content_length or 0)
    return hashlib.sha256(body).hexdigest() if whole else None


def install(app: Flask) -> None:
    app.before_request(write_down)
    app.after_request(write_answer)
