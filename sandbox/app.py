"""The sandbox platform: a small generative-AI service of our own, spoken to only over HTTP.

Serve it with `gunicorn --worker-class gthread --threads 8 'sandbox.app:create_app()'`.
"""

from flask import Flask, Response

from sandbox import faults, journal, keys, problems, seed
from sandbox.contract_api import contract
from sandbox.controls import controls
from sandbox.hooks import hooks
from sandbox.pages import pages
from sandbox.settings import Settings, from_environment
from sandbox.store import prepared
from sandbox.studio import studio

LARGEST_BODY = 1_000_000
SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


def create_app(settings: Settings | None = None) -> Flask:
    """The WSGI application; settings come from the environment when not given.

    Makes the data folder and the seed world on the first start. Raises ConfigurationError.
    """
    settings = settings or from_environment()
    with prepared(settings.data) as db:
        seed.plant(db)
    app = Flask(__name__)
    app.config.update(SETTINGS=settings, MAX_CONTENT_LENGTH=LARGEST_BODY)
    journal.install(app)
    keys.install(app)
    faults.install(app)
    problems.install(app)
    app.after_request(_secure)
    for blueprint in (contract, controls, studio, hooks, pages):
        app.register_blueprint(blueprint)
    return app


def _secure(response: Response) -> Response:
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    return response
