"""Errors as RFC 9457 problem documents."""

from typing import Any

from flask import Flask, Response, json, request
from werkzeug.exceptions import HTTPException

TYPES = "https://redress.example/problems/"
MACHINE_PATHS = ("/v1/", "/sandbox/", "/generate")


class Problem(Exception):
    """An answer other than success. `slug` is the last part of the type's address."""

    def __init__(self, status: int, slug: str, title: str, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.retry_after: int | None = more.pop("retry_after", None)
        self.document = {
            "type": TYPES + slug,
            "title": title,
            "status": status,
            "detail": detail,
            **more,
        }


def not_found(kind: str, name: str) -> Problem:
    """The named artefact, user or locator is unknown here: Redress records "not found here"."""
    return Problem(
        404, "target-not-found", "Not found here", f"This platform knows no {kind} {name!r}."
    )


def invalid(*errors: tuple[str, str]) -> Problem:
    """The request is malformed; each error is (JSON pointer, what to do)."""
    listed = [{"pointer": pointer, "detail": detail} for pointer, detail in errors]
    summary = "; ".join(f"{pointer or '/'}: {detail}" for pointer, detail in errors)
    return Problem(422, "malformed", "The request is malformed", summary, errors=listed)


def no_such_call() -> Problem:
    """This version of the contract has no such call: something else than an unknown target."""
    detail = "This version of the contract has no such call."
    return Problem(404, "unknown-route", "No such call", detail)


def answer(problem: Problem) -> Response:
    response = Response(
        json.dumps(problem.document), problem.status, mimetype="application/problem+json"
    )
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    if problem.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="sandbox"'
    return response


def for_machines() -> bool:
    """Whether this request wants problem documents and no pages."""
    return (
        request.path.startswith(MACHINE_PATHS)
        and request.mimetype != "application/x-www-form-urlencoded"
    )


def http_problem(error: HTTPException) -> Response:
    """Werkzeug's own refusals (405, 413, 500 ...) in the same shape."""
    if error.code == 404 and request.path.startswith("/v1/"):
        return answer(no_such_call())
    title, status = error.name or "Error", error.code or 500
    document = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": error.description or title,
    }
    return Response(json.dumps(document), status, mimetype="application/problem+json")


def _http_error(error: HTTPException) -> Response | HTTPException:
    return http_problem(error) if for_machines() else error


def install(app: Flask) -> None:
    app.register_error_handler(Problem, answer)
    app.register_error_handler(HTTPException, _http_error)
