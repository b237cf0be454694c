"""The guard with one more route that does nothing: what the server alone costs. For the bench only."""

from collections.abc import Iterable

from screening.guard.app import Environ, StartResponse
from screening.guard.wsgi import application as guard
from screening.http_load import EMPTY


def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """`{}` for what was sent to EMPTY; everything else goes to the guard."""
    if environ["PATH_INFO"] != EMPTY:
        return guard(environ, start_response)
    environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", "2")])
    return [b"{}"]
