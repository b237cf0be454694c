"""`gunicorn screening.guard.wsgi:application --worker-class gthread`, without --preload.

Each worker loads the rules before it accepts its first connection. Django is here for the settings of
the database only: no app is set up, and no request passes through its handler.
"""

import atexit
import logging
import os
import sys
from typing import Final

import cv2
import psycopg
from django.conf import settings
from django.db import connections

from screening.guard import store, works
from screening.guard.app import Guard
from screening.guard.checking import Checker
from screening.guard.confirming import Confirmations
from screening.guard.keeper import Keeper, Source
from screening.guard.options import from_environment
from screening.guard.recognising import Recogniser
from screening.guard.recording import Recorder
from screening.guard.store import Connection

FIRST_LOAD_SECONDS: Final = 20.0  # gunicorn gives a worker 30
_DATABASE_PATIENCE: Final = {
    "connect_timeout": 5,
    "tcp_user_timeout": 5_000,
    "options": "-c statement_timeout=20s -c default_transaction_read_only=on",
}

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
sys.setswitchinterval(0.001)  # a check need not wait 5 ms for a thread that is taking up new rules


def _connect() -> Connection:
    parameters = connections["default"].get_connection_params()
    for of_django in ("cursor_factory", "context", "pool"):
        parameters.pop(of_django, None)
    return psycopg.connect(**{**parameters, **_DATABASE_PATIENCE, "autocommit": True})


def _connect_to_write() -> Connection:
    connection = _connect()
    connection.execute("SET default_transaction_read_only = off")
    return connection


cv2.setNumThreads(1)  # workers are processes: more threads would only take turns
_options = from_environment()
_rules = Keeper(_connect, Source("rules", store.CHANNEL, store.state, store.load))
_works = Keeper(_connect, works.SOURCE)
_recogniser = Recogniser(_works, _options.max_stale_seconds, _connect_to_write)
_record = Recorder(_connect_to_write)
_checker = Checker(Confirmations.under(settings.SECRET_KEY), _options.keeping, _record)
application = Guard(_rules, _options, settings.PUBLIC_URL, _recogniser, _checker)
_record.start()
atexit.register(_record.stop)
_works.start(0)
_rules.start(FIRST_LOAD_SECONDS)
