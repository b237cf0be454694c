"""Who may speak the contract and turn the controls: whoever presents the key."""

import hmac

from flask import Flask, current_app, request

from sandbox.problems import Problem

KEYED = ("/v1/", "/sandbox/")
OPEN = ("/sandbox/works/",)


def check_key() -> None:
    """Raises Problem 401 unless the bearer key is right; compared in constant time."""
    if not request.path.startswith(KEYED) or request.path.startswith(OPEN):
        return
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    expected = current_app.config["SETTINGS"].key.encode()
    if scheme.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), expected):
        raise Problem(
            401,
            "unauthorised",
            "Key refused",
            "Send the platform's key as 'Authorization: Bearer <key>'.",
        )


def install(app: Flask) -> None:
    app.before_request(check_key)
