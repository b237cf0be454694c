"""The guard's routes as a bare WSGI application. Whatever goes wrong, it never says "allow"."""

import hmac
import json
import logging
import os
import secrets
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any, Final

from screening.engine.matcher import RuleSet
from screening.guard import outputs
from screening.guard.checking import Checker
from screening.guard.confirming import Confirmations
from screening.guard.keeper import Held, Keeper
from screening.guard.options import Options
from screening.guard.problems import Problem, unavailable
from screening.guard.questions import LARGEST_BODY, read
from screening.guard.recognising import Recogniser

log = logging.getLogger(__name__)

Environ = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], object]
Document = Mapping[str, object]


class Guard:
    """`base` is the installation's public address, for the types of problems."""

    def __init__(
        self,
        keeper: Keeper[RuleSet],
        options: Options,
        base: str,
        recogniser: Recogniser | None = None,
        checker: Checker | None = None,
    ) -> None:
        self._keeper = keeper
        # Without one that all workers share, no confirmation counts and nothing is put on record.
        self._checker = checker or Checker(Confirmations(secrets.token_bytes(32)))
        self._recogniser = recogniser
        self._options = options
        self._base = base
        self._credential: Final = f"Bearer {options.token}".encode()
        self._routes: Final[dict[str, tuple[str, Callable[[Environ], Document]]]] = {
            "/api/v1/prompt-checks": ("POST", self._check),
            "/api/v1/output-checks": ("POST", self._recognise),
            "/healthz": ("GET", self._health),
        }

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        status, document, headers = self._outcome(environ)
        body = json.dumps(document, ensure_ascii=False).encode()
        kind = "application/json" if status is HTTPStatus.OK else "application/problem+json"
        start_response(
            f"{status.value} {status.phrase}",
            [
                ("Content-Type", kind),
                ("Content-Length", str(len(body))),
                ("Cache-Control", "no-store"),
                *headers.items(),
            ],
        )
        return [body]

    def _outcome(self, environ: Environ) -> tuple[HTTPStatus, Document, Mapping[str, str]]:
        try:
            return HTTPStatus.OK, self._answer(environ), {}
        except Problem as problem:
            refused = problem
        except Exception:
            log.exception("A check failed; it is refused.")
            refused = unavailable(
                "guard-failed", "The guard failed; do not generate, do not deliver."
            )
        return refused.status, refused.document(self._base), refused.headers

    def _answer(self, environ: Environ) -> Document:
        route = self._routes.get(environ.get("PATH_INFO", ""))
        if route is None:
            raise Problem(HTTPStatus.NOT_FOUND, "not-found", "The guard has no such address.")
        method, view = route
        if environ["REQUEST_METHOD"] != method:
            raise Problem(
                HTTPStatus.METHOD_NOT_ALLOWED,
                "method-not-allowed",
                f"Use {method} at this address.",
                headers={"Allow": method},
            )
        return view(environ)

    def _check(self, environ: Environ) -> Document:
        self._authenticate(environ)
        check = read(_body(environ))
        return self._checker.check(check, self._fresh()).answer

    def _recognise(self, environ: Environ) -> Document:
        self._authenticate(environ)
        if self._recogniser is None:
            raise unavailable("no-works", "This guard holds no works; do not deliver.")
        return self._recogniser.check(_body(environ, outputs.LARGEST_BODY))

    def _health(self, _environ: Environ) -> Document:
        held = self._fresh()
        return {
            "status": "ok",
            "rule_set_version": held.rules.version,
            "rules": len(held.rules),
            "age_seconds": round(held.age(), 3),
            "worker": os.getpid(),
            "record": self._checker.record.state() if self._checker.record else None,
            **self._works(),
        }

    def _works(self) -> Document:
        held = self._recogniser.keeper.held if self._recogniser else None
        if held is None:
            return {"work_set_version": None, "fingerprints": 0}
        return {"work_set_version": held.rules.version, "fingerprints": len(held.rules)}

    def _authenticate(self, environ: Environ) -> None:
        shown = environ.get("HTTP_AUTHORIZATION", "").encode("latin-1", "replace")
        if not hmac.compare_digest(shown, self._credential):
            raise Problem(
                HTTPStatus.UNAUTHORIZED,
                "not-authenticated",
                "Send the header `Authorization: Bearer` with the guard's token.",
                headers={"WWW-Authenticate": "Bearer"},
            )

    def _fresh(self) -> Held[RuleSet]:
        """The rules in force, or 503: without them, or when nobody has confirmed them for too long."""
        held = self._keeper.held
        if held is None:
            raise unavailable(
                "no-rules", "The guard has not loaded its rules yet; do not generate."
            )
        if held.age() > self._options.max_stale_seconds:
            raise unavailable(
                "stale-rules",
                "The guard cannot reach its database to confirm its rules; do not generate.",
            )
        return held


def _body(environ: Environ, most: int = LARGEST_BODY) -> bytes:
    kind = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Problem(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "not-json",
            "Send the body as `Content-Type: application/json`.",
        )
    body: bytes = environ["wsgi.input"].read(most + 1)
    if len(body) > most:
        raise Problem(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "too-large",
            f"The body must not be larger than {most} bytes.",
        )
    return body
