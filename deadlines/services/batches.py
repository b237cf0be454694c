"""Many rows in a few statements, where nobody has to be asked row by row."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import InterfaceError, OperationalError, connection, transaction

from common.transactions import try_lock_cases
from deadlines.models import Deadline
from deadlines.registry import KINDS, Due, TellMany, kind_of
from deadlines.selectors import waking
from deadlines.services.firing import Candidate, Result, attend, attend_held
from deadlines.services.informing import due_of
from deadlines.services.lifecycle import Breached, breach_due
from deadlines.services.reckoning import next_warning

logger = logging.getLogger(__name__)

_WARNED = """
UPDATE deadlines_deadline AS d SET warned_at = %s, warn_at = n.warn_at
  FROM unnest(%s::uuid[], %s::timestamptz[]) AS n (id, warn_at) WHERE d.id = n.id
"""


def attend_all(batch: Sequence[Candidate], now: datetime) -> list[Result]:
    """Do what each row wakes for; what became of them, in no particular order.

    Duties that nobody is told of one by one are breached together, in one transaction. A case that also has a
    row with a handler goes row by row, in the order of their moments: the handler may stop the others.
    """
    told = {row.case_id for row in batch if not _is_quiet(row, now)}
    quiet = [row for row in batch if row.case_id not in told]
    return [
        *_together(quiet, now),
        *(attend(row, now) for row in batch if row.case_id in told),
    ]


def _is_quiet(row: Candidate | Deadline, now: datetime) -> bool:
    kind = KINDS.get(row.kind)
    if kind is None:
        return False
    return kind.breaches_quietly if row.due_at <= now else kind.warns_quietly


def _together(batch: Sequence[Candidate], now: datetime) -> list[Result]:
    """All or nothing; when one row spoils it, each by itself, so that the spoiler alone fails."""
    if not batch:
        return []
    try:
        with transaction.atomic():
            return _attend_together(batch, now)
    except Exception as error:  # noqa: BLE001  the row that raised it raises it again by itself
        logger.warning("%d clocks go one by one after %s", len(batch), type(error).__name__)
        if isinstance(error, OperationalError | InterfaceError):
            connection.close()  # it may be lost; asking for a new one is cheap
        return [attend(row, now) for row in batch]


def _attend_together(batch: Sequence[Candidate], now: datetime) -> list[Result]:
    held = try_lock_cases(row.case_id for row in batch)
    mine = [row for row in batch if row.case_id in held]
    breached = breach_due([row.pk for row in mine if row.due_at <= now], now)
    _tell([(kind_of(row.kind).breach_many, row) for row in breached], now)
    left = {row.pk for row in mine} - {row.pk for row in breached}
    others = list(waking(now).filter(pk__in=left)) if left else []
    quiet = {row.pk: row.due_at > now and _is_quiet(row, now) for row in others}
    early = [row for row in others if quiet[row.pk]]
    _warn(early, now)
    connection.check_constraints()  # what would only fail at commit fails here
    return [
        *[Result.BUSY] * (len(batch) - len(mine)),
        *[Result.GONE] * (len(left) - len(others)),
        *[Result.BREACHED] * len(breached),
        *[Result.WARNED] * len(early),
        # Since they were found: an early one ran out, or has somebody to be told by itself.
        *(attend_held(row, now) for row in others if not quiet[row.pk]),
    ]


def _tell(listeners: Iterable[tuple[TellMany | None, Deadline | Breached]], now: datetime) -> None:
    told: dict[TellMany, list[Due]] = defaultdict(list)
    for tell, row in listeners:
        if tell:
            told[tell].append(due_of(row, now))
    for tell, dues in told.items():
        tell(dues)


def _warn(rows: Sequence[Deadline], now: datetime) -> None:
    """Look when the next one comes, and tell whoever listens to many at once."""
    if not rows:
        return
    next_ones = [next_warning(row, now) for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(_WARNED, [now, [row.pk for row in rows], next_ones])
    _tell([(kind_of(row.kind).warn_many, row) for row in rows], now)
